import { surveyElements, surveyMarks } from '@antrean/shared/domain/survey.ts';
import { type Html, html } from './html.ts';
import type { WrittenPage } from './page-parts.ts';
import { addressOf, framed, type VisitPage } from './visit-frame.ts';

export interface SurveyPage extends VisitPage {
  /** What was answered of U1 to U9 so far. */
  readonly marks: readonly (number | null)[];
}

/** The nine questions of the survey, in the words of the regulation (SURVEY-2); it can be left as it is. */
export const writeSurveyPage = (page: SurveyPage): WrittenPage => {
  const { say } = page;
  return framed(page, {
    title: say('survey.title'),
    asks: true,
    about: { survey: '1' },
    main: html` <h1>${say('survey.title')}</h1>
      <p>${say('survey.intro')} ${say('survey.nameless')}</p>
      <form class="questions" method="post" action="${addressOf(page, {}, '/survey')}" novalidate>
        ${surveyElements.map((element, index) => question(page, element, index))}
        <div class="actions">
          <button class="button main" id="send-survey">${say('survey.send')}</button>
          <a class="button" id="skip" href="${addressOf(page)}">${say('survey.skip')}</a>
        </div>
      </form>`,
  });
};

const question = (
  { say, marks, refusal }: SurveyPage,
  element: (typeof surveyElements)[number],
  index: number,
): Html => {
  const given = marks[index] ?? null;
  const isMissing = refusal !== undefined && given === null;
  return html`<fieldset class="question ${isMissing ? 'missing' : ''}" id="${element}">
    <legend><span class="which">${index + 1}.</span> ${say(`skm.${element}Ask`)}</legend>
    ${surveyMarks.map(
      (mark) =>
        html`<label class="mark">
          <input
            type="radio"
            name="${element}"
            value="${mark}"
            required
            ${isMissing ? html`aria-describedby="refusal"` : ''}
            ${mark === given ? html`checked` : ''}
          />
          <span>${say(`skm.${element}Is${mark}`)}</span>
        </label>`,
    )}
  </fieldset>`;
};
