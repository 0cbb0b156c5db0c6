import type { ServiceId } from '@antrean/shared/domain/ids.ts';
import type { BranchSetup, Journey, Service, Texts } from '@antrean/shared/domain/setup.ts';
import type { CatalogueLanguage, Translate } from '@antrean/shared/locales/translate.ts';
import { sayName } from '@antrean/shared/views/say-name.ts';
import { type Html, html } from '../visitors/html.ts';
import { languageLinks, pageLanguages, rangeOf, type WrittenPage } from '../visitors/page-parts.ts';
import type { AgencyOffer, ServiceOffer } from './offers.ts';

/** What all pages of joining have in common. */
export interface JoinPage {
  readonly setup: BranchSetup;
  readonly language: CatalogueLanguage;
  readonly say: Translate;
  /** What the page is about, as its address says it: the same in another language. */
  readonly about: About;
}

export interface About {
  readonly agency?: string;
  readonly service?: string;
  readonly journey?: string;
}

/** What the form that takes a ticket is filled with. */
export interface TakeForm {
  readonly commandId: string;
  readonly priority?: string;
  /** Why it was refused before. */
  readonly notice?: string;
}

export const writeAgencies = (page: JoinPage, offers: readonly AgencyOffer[]): WrittenPage =>
  framed(
    page,
    page.say(page.setup.journeys.size > 0 ? 'kiosk.chooseNeed' : 'kiosk.chooseAgency'),
    choices([
      ...[...page.setup.journeys.values()].map(({ id, name, steps }) => ({
        id,
        name: textOf(page, name),
        note: page.say('kiosk.journeyNote', { count: steps.flat().length }),
        address: addressOf(page, { journey: id }),
        isJourney: true,
      })),
      ...offers.map(({ agency, waiting, isOpen }) => ({
        id: agency.id,
        name: textOf(page, agency.name),
        note: isOpen ? page.say('kiosk.waiting', { count: waiting }) : page.say('join.noneNow'),
        address: addressOf(page, { agency: agency.id }),
      })),
    ]),
  );

export const writeServices = (page: JoinPage, offers: readonly ServiceOffer[]): WrittenPage =>
  framed(
    page,
    page.say('kiosk.chooseService'),
    html`${agencyName(page, page.about.agency)}
    ${choices(
      offers.map(({ service, waiting, expected, refused }) => ({
        id: service.id,
        name: textOf(page, service.name),
        note: refused
          ? page.say(`refusal.${refused.code}`, refused.details)
          : [
              page.say('kiosk.waiting', { count: waiting }),
              ...(expected ? [`${page.say('visit.wait')}: ${rangeOf(expected, page.say)}`] : []),
            ].join(' · '),
        ...(!refused && { address: addressOf(page, { service: service.id }) }),
      })),
    )}
    ${back(page, {})}`,
  );

/** What a visitor should know before taking a ticket of a service, and the button that takes it. */
export const writeService = (page: JoinPage, offer: ServiceOffer, form: TakeForm): WrittenPage => {
  const { say } = page;
  const { service, waiting, expected, refused } = offer;
  const notice = form.notice ?? (refused ? say(`refusal.${refused.code}`, refused.details) : undefined);
  return framed(
    page,
    textOf(page, service.name),
    html`${agencyName(page, service.agencyId)} ${noticeOf(notice)}
      <dl class="facts">
        ${fact(say('kiosk.waitingNow'), say('kiosk.people', { count: waiting }))}
        ${expected && !refused ? fact(say('visit.wait'), rangeOf(expected, say)) : ''}
        ${service.fee !== undefined ? fact(say('kiosk.fee'), service.fee === 0 ? say('kiosk.free') : feeText(page, service.fee)) : ''}
        ${
          service.standardMinutes !== undefined
            ? fact(say('kiosk.standardTime'), say('screen.minutes', { minutes: service.standardMinutes }))
            : ''
        }
      </dl>
      ${papers(page, [service])} ${refused ? '' : takeForm(page, { service: service.id }, form)}
      ${back(page, { agency: service.agencyId })}`,
  );
};

/** The same for several services under one number (JOURNEY-1). */
export const writeJourney = (page: JoinPage, journey: Journey, form: TakeForm): WrittenPage => {
  const { say, setup } = page;
  const service = (id: ServiceId): Html => {
    const found = setup.services.get(id);
    const agency = found && setup.agencies.get(found.agencyId);
    return html`<li><b>${textOf(page, found?.name)}</b> <span class="note">${textOf(page, agency?.name)}</span></li>`;
  };
  return framed(
    page,
    textOf(page, journey.name),
    html`${noticeOf(form.notice)}
      <section class="more">
        <h2>${say('kiosk.steps')}</h2>
        ${journey.steps.map(
          (step) =>
            html`${step.length > 1 ? html`<p class="note">${say('kiosk.anyOrder')}</p>` : ''}
              <ul>
                ${step.map(service)}
              </ul>`,
        )}
      </section>
      ${papers(
        page,
        journey.steps.flat().flatMap((id) => setup.services.get(id) ?? []),
      )}
      ${takeForm(page, { journey: journey.id }, form)} ${back(page, {})}`,
  );
};

/** Leads a phone to the ticket that it has. */
export const writeOwnTicket = (page: JoinPage, number: string, address: string): WrittenPage =>
  framed(
    page,
    page.say('join.hasTicket', { number }),
    html`<p>${page.say('join.oneAPhone')}</p>
      <p class="actions"><a class="button main" id="own-ticket" href="${address}">${page.say('join.toTicket')}</a></p>`,
  );

/** Says why nothing can be chosen. */
export const writeNotice = (page: JoinPage, title: string, ...texts: readonly string[]): WrittenPage =>
  framed(page, title, html`${texts.filter((text) => text !== '').map((text) => html`<p>${text}</p>`)}`);

/** For a hall that nobody knows. */
export const writeNoHall = (language: CatalogueLanguage, title: string, text: string): WrittenPage => ({
  language,
  title,
  body: html`<div class="frame">
    <main>
      <h1>${title}</h1>
      <p>${text}</p>
    </main>
  </div>`,
});

const framed = (page: JoinPage, title: string, inner: Html): WrittenPage => {
  const { setup, language, say, about } = page;
  return {
    language,
    title,
    body: html`<div class="frame">
      ${languageLinks(pageLanguages(setup.languages), language, say, (other) =>
        addressOf({ ...page, language: other }, about),
      )}
      <p class="hall">${textOf(page, setup.name)}</p>
      <main>
        <h1>${title}</h1>
        ${inner}
      </main>
    </div>`,
  };
};

const noticeOf = (notice: string | undefined): Html =>
  notice === undefined ? html`` : html`<p class="notice" role="alert">${notice}</p>`;

const takeForm = (page: JoinPage, about: About, { commandId, priority }: TakeForm): Html =>
  html`<form class="actions" method="post" action="${addressOf(page, about)}">
    <input type="hidden" name="commandId" value="${commandId}" />
    ${priorities(page, priority)}
    <button class="button main" id="take">${page.say('kiosk.take')}</button>
  </form>`;

interface Choice {
  readonly id: string;
  readonly name: string;
  readonly note: string;
  /** Absent: it cannot be chosen, for what the note says. */
  readonly address?: string;
  readonly isJourney?: boolean;
}

const choices = (all: readonly Choice[]): Html =>
  html`<ul class="choices">
    ${all.map(({ id, name, note, address, isJourney }) => {
      const text = html`<span class="name">${name}</span> <span class="note">${note}</span>`;
      return html`<li data-choice="${id}">
        ${address === undefined ? html`<p class="choice shut">${text}</p>` : html`<a class="choice ${isJourney ? 'journey' : ''}" href="${address}">${text}</a>`}
      </li>`;
    })}
  </ul>`;

const priorities = ({ setup, say, ...page }: JoinPage, chosen: string | undefined): Html => {
  if (setup.priorities.size === 0) return html``;
  const choice = (id: string, text: string): Html =>
    html`<label class="option"
      ><input type="radio" name="priority" value="${id}" ${id === (chosen ?? '') ? html`checked` : ''} />
      <span>${text}</span></label
    >`;
  return html`<fieldset class="options">
    <legend>${say('kiosk.priority')}</legend>
    <p class="note">${say('kiosk.priorityHint')}</p>
    ${choice('', say('join.noPriority'))}
    ${[...setup.priorities.values()].map(({ id, name }) => choice(id, textOf({ setup, say, ...page }, name)))}
  </fieldset>`;
};

/** What several services ask for is brought once. */
const papers = ({ setup, language, say }: JoinPage, services: readonly Service[]): Html => {
  const asked = services.map(({ requirements }) => requirements).filter((each) => each !== undefined);
  const own = asked.every((each) => each[language]) ? language : (setup.languages[0] ?? language);
  const needed = [...new Set(asked.flatMap((each) => each[own] ?? []))];
  if (needed.length === 0) return html``;
  return html`<section class="more">
    <h2>${say('kiosk.requirements')}</h2>
    <ul lang="${own}">
      ${needed.map((paper) => html`<li>${paper}</li>`)}
    </ul>
  </section>`;
};

const fact = (term: string, value: string): Html =>
  html`<div>
    <dt>${term}</dt>
    <dd>${value}</dd>
  </div>`;

const back = (page: JoinPage, about: About): Html =>
  html`<p class="actions">
    <a class="button" id="back" href="${addressOf(page, about)}">${page.say('kiosk.back')}</a>
  </p>`;

const agencyName = (page: JoinPage, agencyId: string | undefined): Html => {
  const agency = [...page.setup.agencies.values()].find(({ id }) => id === agencyId);
  return html`<p class="agency">${textOf(page, agency?.name)}</p>`;
};

const feeText = ({ setup, language }: JoinPage, fee: number): string =>
  new Intl.NumberFormat(language, {
    style: 'currency',
    currency: setup.currency,
    maximumFractionDigits: Number.isInteger(fee) ? 0 : 2,
  }).format(fee);

const textOf = ({ setup, language }: JoinPage, texts: Texts | undefined): string =>
  sayName(texts, language, setup.languages);

/** Where a page of joining is. */
export const addressOf = ({ setup, language }: Pick<JoinPage, 'setup' | 'language'>, about: About): string =>
  `/join/${setup.branchId}?${new URLSearchParams({ ...about, language }).toString()}`;
