import { IntlMessageFormat } from 'intl-messageformat';
import type en from './en.json';

/** A key of the catalogues; English is complete by definition, a test sees to the others. */
export type MessageKey = keyof typeof en;
export type Catalogue = Readonly<Record<MessageKey, string>>;
export type MessageValues = Readonly<Record<string, string | number | boolean | Date | null | undefined>>;

/** Says a message of one catalogue in its language, with ICU plurals and numbers. */
export type Translate = (key: MessageKey, values?: MessageValues) => string;

/** As a catalogue has it, or read already: screens that load little are built without what reads messages. */
export type Message = string | ConstructorParameters<typeof IntlMessageFormat>[0];

/** Whether a message says the same as it stands: it has neither arguments nor quoted signs. */
export const isAsItStands = (message: string): boolean => !/[{}]|''/.test(message);

/** @param language BCP 47 tag that decides plurals and number forms */
export const translator = (language: string, catalogue: Readonly<Record<MessageKey, Message>>): Translate => {
  const formats = new Map<MessageKey, IntlMessageFormat>();
  return (key, values) => {
    const message = catalogue[key];
    if (typeof message === 'string' && isAsItStands(message)) return message;
    let format = formats.get(key);
    if (!format) {
      format = new IntlMessageFormat(message, language, undefined, { ignoreTag: true });
      formats.set(key, format);
    }
    return String(format.format(values as Record<string, string>));
  };
};

/** Languages that have a catalogue of their own. */
export const catalogueLanguages = ['en', 'id', 'az', 'ru'] as const;
export type CatalogueLanguage = (typeof catalogueLanguages)[number];

/** The catalogue to use for a language tag: its own where there is one, else English. */
export const catalogueFor = (tag: string): CatalogueLanguage =>
  catalogueLanguages.find((language) => language === tag.split('-')[0]?.toLowerCase()) ?? 'en';
