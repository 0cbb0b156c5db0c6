import { createStaff } from '@antrean/server/access/create-staff.ts';
import { catalogueLanguages } from '@antrean/shared/locales/translate.ts';
import type { StaffRole } from '@antrean/shared/domain/permissions.ts';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { ask } from '../http/ask.ts';
import { openPage, signInOnPage, sizes } from './browser.ts';
import { eventually } from './eventually.ts';
import { look, lookWhole } from './look.ts';
import { shippedBlueprint, startScreens } from './screens-hall.ts';

const blueprint = shippedBlueprint('mpp-banyuwangi');
const { hall, browser } = await startScreens(blueprint);
const { branchId } = hall;
const [agency] = blueprint.agencies;
const agencyId = agency?.id ?? '';

const make = (
  login: string,
  displayName: string,
  role: StaffRole,
  scope: { branchId: string | null; agencyId?: string },
) => createStaff(hall.sql, { login, displayName, role, ...scope });
const passwords = {
  chief: await make('chief', 'Siti Nurhaliza binti Tarudin', 'administrator', { branchId: null }),
  boss: await make('boss', 'Bos Instansi', 'agency-administrator', { branchId, agencyId }),
  audi: await make('audi', 'Audi', 'auditor', { branchId }),
  ani: await make('ani', 'Ani', 'agent', { branchId }),
};
type Login = keyof typeof passwords;

const open = async (
  login: Login,
  section: string,
  { language = 'en', size = sizes.counter as { width: number; height: number } } = {},
) => {
  const opened = await openPage(browser, `${hall.address}/admin?lang=${language}#/${section}`, size);
  await signInOnPage(opened.page, login, passwords[login]);
  return opened;
};

const row = (page: Page, login: string) => page.locator(`[data-account="${login}"]`);
const closeDialog = (page: Page) => page.keyboard.press('Escape');

test('an administrator makes an account, and whoever is handed its password gets in with it', async () => {
  const { page, faults } = await open('chief', 'staff');
  await row(page, 'chief').waitFor();
  await page.locator('[data-action=add]').click();
  await page.locator('[name=new-login]').fill('dewi');
  await page.locator('[name=display-name]').fill('Dewi Lestari');
  await page.locator('dialog [name=role]').selectOption('agency-administrator');
  await page.locator('dialog [name=agency]').selectOption(agencyId);
  await page.locator('[data-action=make]').click();
  const password = await page.getByTestId('made-password').inputValue();
  await closeDialog(page);
  await row(page, 'dewi').waitFor();
  expect(await row(page, 'dewi').textContent()).toContain('Agency administrator');
  await eventually(() => page.getByTestId('made-password').count()).toBe(0);
  const answer = await ask(`${hall.address}/v1/sign-in`, 'POST', { body: { login: 'dewi', password } });
  expect(answer.body).toMatchObject({ role: 'agency-administrator', branchId, agencyId, mustChangePassword: true });

  // The same login again: refused in words, and what was typed is still there.
  await page.locator('[data-action=add]').click();
  await page.locator('[name=new-login]').fill('dewi');
  await page.locator('dialog [name=display-name]').fill('Another Dewi');
  await page.locator('[data-action=make]').click();
  expect(await page.getByRole('alert').textContent()).toContain('dewi');
  expect(await page.locator('dialog [name=display-name]').inputValue()).toBe('Another Dewi');
  await closeDialog(page);
  expect(faults).toEqual([]);
});

test('by keyboard: found by a word, made a floor walker, given a new password, signed out, switched off and on', async () => {
  const { page, faults } = await open('chief', 'staff');
  const agent = await openPage(browser, `${hall.address}/counter?lang=en`, sizes.counter);
  await signInOnPage(agent.page, 'ani', passwords.ani);
  await agent.page.locator('[data-counter]').first().waitFor();

  await page.locator('[name=search]').fill('AGENT ani');
  await eventually(() => page.locator('[data-account]').count()).toBe(1);
  await row(page, 'ani').locator('.head').press('Enter');
  await page.locator('[data-account] [name=role]').focus();
  await page.keyboard.press('f');
  await page.locator('[data-action=save]').press('Enter');
  await page.locator('[data-account] [role=status]', { hasText: 'Saved' }).waitFor();
  const roleOf = () => hall.sql<{ role: string }[]>`select role from staff where id = 'ani'`;
  expect((await roleOf())[0]?.role).toBe('floor-walker');

  // Asked first, and Escape does nothing of it.
  await page.locator('[data-action=off]').press('Enter');
  await page.locator('dialog').waitFor();
  await closeDialog(page);
  await page.locator('dialog').waitFor({ state: 'detached' });
  expect(await hall.sql`select from staff where id = 'ani' and disabled_at is not null`).toHaveLength(0);

  await page.locator('[data-action=reset]').press('Enter');
  await page.locator('[data-action=go]').press('Enter');
  const password = await page.getByTestId('made-password').inputValue();
  await closeDialog(page);
  await agent.page.locator('[name=login]').waitFor();
  await signInOnPage(agent.page, 'ani', password);
  await agent.page.locator('[name=again]').waitFor();

  await page.reload();
  await row(page, 'ani').locator('.head').click();
  await page.locator('[data-action=off]').click();
  await page.locator('[data-action=go]').click();
  await page.locator('[data-action=on]').waitFor();
  const signIn = () => ask(`${hall.address}/v1/sign-in`, 'POST', { body: { login: 'ani', password } });
  expect((await signIn()).status).toBe(401);
  await page.locator('[data-action=on]').click();
  await page.locator('[data-action=off]').waitFor();
  expect((await signIn()).status).toBe(200);
  expect(faults).toEqual([]);
});

test('an agency’s administrator sees the accounts of the agency, and may give only its scope and roles', async () => {
  const { page } = await open('boss', 'staff');
  await row(page, 'boss').waitFor();
  expect(await row(page, 'audi').count()).toBe(0);
  await row(page, 'boss').locator('.head').click();
  expect(await page.locator('[data-action=off]').count()).toBe(0);
  await page.locator('[data-action=add]').click();
  const roles = await page
    .locator('dialog [name=role] option')
    .evaluateAll((all) => all.map((each) => (each as HTMLOptionElement).value));
  expect(roles).toEqual(['agent', 'floor-walker', 'agency-administrator', 'auditor']);
  expect(await page.locator('dialog [name=hall]').isDisabled()).toBe(true);
  expect(await page.locator('dialog [name=agency]').isDisabled()).toBe(true);
  expect(await page.locator('dialog [name=agency]').inputValue()).toBe(agencyId);
});

test('whoever may see no section is told so, and gets no link to the page', async () => {
  const password = await hall.hire('budi', 'Budi');
  const { page } = await openPage(browser, `${hall.address}/admin?lang=en#/staff`, sizes.counter);
  await signInOnPage(page, 'budi', password);
  await page.getByText('may not open any').waitFor();
  expect(await page.locator('[data-section], [data-account]').count()).toBe(0);
  await page.goto(`${hall.address}/counter?lang=en`);
  await page.locator('[data-action=account]').waitFor();
  expect(await page.locator('a[href^="/admin"]').count()).toBe(0);

  const { page: chief } = await openPage(browser, `${hall.address}/manager?lang=en`, sizes.counter);
  await signInOnPage(chief, 'chief', passwords.chief);
  await chief.locator('a[href^="/admin"]').click();
  await row(chief, 'chief').waitFor();
});

test('where am I signed in: others are ended from here, and their screens are cut off', async () => {
  const { page: here } = await open('chief', 'staff');
  const { page: there } = await open('chief', 'staff');
  await row(there, 'chief').waitFor();
  await here.locator('[data-action=account]').click();
  const sessions = here.locator('[data-session]');
  await eventually(() => sessions.count()).toBeGreaterThan(1);
  expect(await here.locator('[data-session]', { hasText: 'Here, now' }).count()).toBe(1);
  expect(await sessions.first().textContent()).toContain('Chrome on Linux');
  await look(here, 'admin-en-my-account');
  await here.locator('[data-action=end-others]').click();
  await eventually(() => sessions.count()).toBe(1);
  await there.locator('[name=login]').waitFor();
});

test('an auditor reads who did what, looks for a part of it by the address, pages back and exports', async () => {
  const api = await ask(`${hall.address}/v1/sign-in`, 'POST', { body: { login: 'chief', password: passwords.chief } });
  const cookie = api.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const post = (path: string, body: object) =>
    ask(`${hall.address}/v1${path}`, 'POST', { headers: { cookie }, body }).then(({ status }) =>
      expect(status).toBeLessThan(300),
    );
  await post('/staff', { login: 'wayan', displayName: 'Wayan', role: 'agent', branchId });
  await post('/staff/wayan', { role: 'floor-walker', isDisabled: true, displayName: '<b>Wayan</b> & co' });

  const { page, faults } = await open('audi', 'audit');
  const changed = page.locator('[data-entry]', { hasText: 'The account wayan was changed' });
  await changed.waitFor();
  expect(await page.locator('a[href="#/staff"]').count()).toBe(0);
  expect(await changed.textContent()).toMatch(/chief \(Administrator\).*127\.0\.0\.1/);
  const cells = await changed
    .locator('tbody tr')
    .evaluateAll((rows) => rows.map((each) => [...each.children].map((cell) => cell.textContent)));
  expect(cells).toEqual([
    ['Name', 'Wayan', '<b>Wayan</b> & co'],
    ['Role', 'Agent', 'Floor walker'],
    ['Switched off', 'No', 'Yes'],
  ]);
  await look(page, 'admin-en-wide-audit');

  await page.locator('[name=action]').selectOption('staff.added');
  await page.locator('[name=subject]').fill('wayan');
  await page.locator('[data-action=look]').click();
  await page.locator('[data-entry]', { hasText: 'The account wayan was made' }).waitFor();
  expect(await page.locator('[data-entry]').count()).toBe(1);
  expect(new URL(page.url()).hash).toBe('#/audit?action=staff.added&subject=wayan');

  // What is sent to somebody else finds the same; a day on which nothing was done, nothing.
  const other = await open('audi', 'audit?action=staff.added&subject=wayan');
  await other.page.locator('[data-entry]', { hasText: 'The account wayan was made' }).waitFor();
  expect(await other.page.locator('[name=subject]').inputValue()).toBe('wayan');
  await other.page.locator('[name=to]').fill('2020-02-02');
  await other.page.locator('[data-action=look]').click();
  await other.page.getByText('No entry fits').waitFor();

  const download = page.waitForEvent('download');
  await page.locator('[data-action=export]').click();
  expect((await download).suggestedFilename()).toBe('antrean-audit.jsonl');
  expect(faults).toEqual([]);
});

test('entries beyond a hundred are found page by page', async () => {
  await hall.sql`insert into audit_entry (action, role, address, branch_id, subject)
    select 'staff.changed', 'system', '', ${branchId}, 'many' from generate_series(1, 120)`;
  const { page } = await open('audi', 'audit?subject=many');
  await eventually(() => page.locator('[data-entry]').count()).toBe(100);
  await page.locator('[data-action=older]').click();
  await eventually(() => page.locator('[data-entry]').count()).toBe(20);
  expect(await page.locator('[data-action=older]').count()).toBe(0);
  await page.goBack();
  await eventually(() => page.locator('[data-entry]').count()).toBe(100);
});

test('in every language, wide and narrow, with long names', { timeout: 180_000 }, async () => {
  const longest = [...blueprint.agencies].sort(
    (a, b) => JSON.stringify(b.name).length - JSON.stringify(a.name).length,
  )[0];
  await make('longest', 'Raden Ayu Kusumawardhani Prawirodirdjo-Notonegoro', 'agency-administrator', {
    branchId,
    agencyId: longest?.id ?? '',
  });
  for (const language of catalogueLanguages) {
    for (const [shape, size] of Object.entries({ wide: sizes.counter, narrow: sizes.beside })) {
      const { page, context } = await open('chief', 'staff', { language, size });
      await row(page, 'longest').locator('.head').click();
      await (language === 'en' ? look : lookWhole)(page, `admin-${language}-${shape}-staff`);
      await page.locator('[data-action=add]').click();
      await (language === 'en' ? look : lookWhole)(page, `admin-${language}-${shape}-add`);
      await closeDialog(page);
      await page.locator('[data-action=reset]').click();
      await lookWhole(page, `admin-${language}-${shape}-reset`);
      await closeDialog(page);
      await page.locator('[data-action=account]').click();
      await page.locator('[data-session]').first().waitFor();
      await lookWhole(page, `admin-${language}-${shape}-account`);
      await closeDialog(page);
      await page.locator('a[href="#/audit"]').click();
      await page.locator('[data-entry]').first().waitFor();
      await page.locator('.proof summary').click();
      await (language === 'en' ? look : lookWhole)(page, `admin-${language}-${shape}-audit`);
      await context.close();
    }
  }
});
