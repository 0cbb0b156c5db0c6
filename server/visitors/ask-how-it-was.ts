import { starsMost } from '@antrean/shared/domain/survey.ts';
import type { OwnAnswer } from './answer-store.ts';
import { type Html, html } from './html.ts';
import { addressOf, type VisitPage } from './visit-frame.ts';

/** Asks whoever was served how it was: one touch, and where the hall has the survey a way to it (SURVEY-1, SURVEY-2). */
export const asking = (page: VisitPage & { readonly answer: OwnAnswer | null }): Html => {
  const { view, say, answer } = page;
  const { stars = null, marks = null } = answer ?? {};
  return html`<section class="rate" aria-labelledby="rate-title">
    <h2 id="rate-title">${say('survey.ask')}</h2>
    <form class="stars" method="post" action="${addressOf(page, {}, '/rate')}">
      ${Array.from({ length: starsMost }, (_, index) => index + 1).map(
        (count) =>
          html`<button
            class="star ${stars !== null && count <= stars ? 'given' : ''}"
            id="star-${count}"
            name="stars"
            value="${count}"
            aria-label="${say('survey.star', { count })}"
            aria-pressed="${stars === count ? 'true' : 'false'}"
          >
            <span class="sign" aria-hidden="true">★</span><span>${count}</span>
          </button>`,
      )}
    </form>
    <p class="ends"><span>${say('survey.worst')}</span><span>${say('survey.best')}</span></p>
    ${stars === null ? '' : html`<p class="thanks" id="rated" role="status">${say('survey.rated', { count: stars })}</p>`}
    ${
      view.survey === 'skm'
        ? html`${marks ? html`<p class="thanks" id="answered">${say('survey.answered')}</p>` : ''}
            <a
              class="button ${stars !== null && !marks ? 'main' : ''}"
              id="survey"
              href="${addressOf(page, { survey: '1' })}"
              >${say(marks ? 'survey.change' : 'survey.open')}</a
            >`
        : ''
    }
    <p class="small">${say('survey.nameless')}</p>
  </section>`;
};
