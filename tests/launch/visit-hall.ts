import { type Api, openHall, signIn } from '../harness/api.ts';
import type { OpenHall } from './launch.ts';

/** The API of a started hall as its manager uses it; the day is open. */
export const manage = async ({ address, accounts }: OpenHall): Promise<Api> => {
  const account = accounts.find(({ role }) => role === 'manager');
  if (!account) throw new Error('no manager was printed');
  const manager = await signIn(address, await branchOf(address), account.login, account.password);
  await openHall(manager, 0);
  return manager;
};

const branchOf = async (address: string): Promise<string> => {
  const [branch] = (await (await fetch(`${address}/v1/branches`)).json()) as { id: string }[];
  if (!branch) throw new Error('the hall has no branch');
  return branch.id;
};

/** A ticket that somebody holds in their hand. */
export interface Held {
  readonly id: string;
  readonly number: string;
  /** Of its page. */
  readonly link: string;
}

/** Takes a ticket for the hall's first service. */
export const takeTicket = async ({ get, post }: Api): Promise<Held> => {
  const [service] = (await get('')).body.services as { id: string }[];
  const { status, body } = await post('/tickets', { serviceId: service?.id });
  if (status !== 201) throw new Error(JSON.stringify(body));
  const { id, number } = body.ticket as Held;
  return { id, number, link: String(body.link) };
};

/** What the hall says of a ticket, asked by its link: the status of the answer, and of the ticket. */
export const lookUp = async ({ address }: OpenHall, ticket: Held): Promise<string> => {
  const answer = await fetch(`${address}/v1/visits/${ticket.link}`);
  const { status } = answer;
  const body = (await answer.json()) as Record<string, unknown>;
  return status === 200 ? `${String(body.number)} ${String(body.status)}` : `${status}`;
};
