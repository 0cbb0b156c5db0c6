import { IntlMessageFormat } from 'intl-messageformat';
import type en from './en.json';

/** A key of the catalogues; English is complete by definition, a test sees to the others. */
export type MessageKey = keyof typeof en;
export type Catalogue = Readonly<Record<MessageKey, string>>;
export type MessageValues = Readonly<Record<string, string | number | boolean | Date | null | undefined>>;

/** Says a message of one catalogue in its language, with ICU plurals and numbers. */
export type Translate = (key: MessageKey, values?: MessageValues) => string;

/** @param language BCP 47 tag that decides plurals and number forms */
export const translator = (language: string, catalogue: Catalogue): Translate => {
  const parsed = new Map<MessageKey, IntlMessageFormat>();
  return (key, values) => {
    let message = parsed.get(key);
    if (!message) {
      message = new IntlMessageFormat(catalogue[key], language, undefined, { ignoreTag: true });
      parsed.set(key, message);
    }
    return String(message.format(values as Record<string, string>));
  };
};

/** Languages that have a catalogue of their own. */
export const catalogueLanguages = ['en', 'id', 'az', 'ru'] as const;
export type CatalogueLanguage = (typeof catalogueLanguages)[number];

/** The catalogue to use for a language tag: its own where there is one, else English. */
export const catalogueFor = (tag: string): CatalogueLanguage =>
  catalogueLanguages.find((language) => language === tag.split('-')[0]?.toLowerCase()) ?? 'en';
