import type { AnsweredTicket } from '../protocol/commands.ts';

/** What is still before a visit as steps: services that may come in any order stand together. */
export const stepsOf = (legs: NonNullable<AnsweredTicket['legs']>): string[][] => {
  const steps: string[][] = [];
  for (const [place, { serviceId, step }] of legs.entries()) {
    if (step !== undefined && step === legs[place - 1]?.step) steps[steps.length - 1]?.push(serviceId);
    else steps.push([serviceId]);
  }
  return steps;
};
