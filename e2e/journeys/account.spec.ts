import { expect, test } from "../fixtures.ts";
import { AccountPage } from "../pages/account.ts";
import { Popup } from "../pages/popup.ts";
import { captureByPopup } from "../support/captures.ts";
import { deviceOf } from "../support/fault-plan.ts";
import { signIn, signUp, testPassword } from "../support/person.ts";

test("ID-2: name and time zone are changed, the zone found by its city, and both are there on the next look", async ({
	stand,
	openBrowser,
}) => {
	const browser = await openBrowser();
	await signUp(browser, stand.backend.url);
	const account = await AccountPage.open(browser);
	await account.profile.getByLabel("First name").fill("Ada");
	await account.profile.getByLabel("Last name").fill("Lind");
	await account.chooseTimeZone("lisb");
	await account.saveProfile();
	await expect(account.profile.getByRole("button", { name: "Save profile" })).toHaveAttribute("aria-disabled", "true");

	await account.page.reload();
	await expect(account.profile.getByLabel("First name")).toHaveValue("Ada");
	await expect(account.profile.getByLabel("Last name")).toHaveValue("Lind");
	await expect(account.profile.getByRole("combobox", { name: "Time zone" })).toHaveValue("Lisbon, Europe");
});

test("ID-2: the only way in stays and says why", async ({ stand, openBrowser }) => {
	const browser = await openBrowser();
	const { email } = await signUp(browser, stand.backend.url);
	const account = await AccountPage.open(browser);
	const [line, ...others] = await account.lines(account.ways);
	expect(line).toContain("E-mail and password");
	expect(line).toContain(email);
	expect(line).toContain("Your only way in, so it stays.");
	expect(others).toEqual([]);
	await expect(account.ways.getByRole("button", { name: "Remove" })).toHaveCount(0);
});

test("ID-2: a password is changed: a wrong one and a weak one are told at their inputs, and other devices are out", async ({
	stand,
	openBrowser,
}) => {
	const [browser, other] = [await openBrowser(), await openBrowser()];
	const { email } = await signUp(browser, stand.backend.url);
	await signIn(other, stand.backend.url, email);
	const account = await AccountPage.open(browser);
	await expect.poll(() => account.lines(account.devices)).toHaveLength(2);
	await account.ways.getByRole("button", { name: "Change password" }).click();
	const form = account.ways.getByRole("form", { name: "Change password" });
	const [current, next] = [
		form.getByLabel("Current password", { exact: true }),
		form.getByLabel("New password", { exact: true }),
	];
	await current.fill("not this one");
	await next.fill("harbours and looms in forty lines");
	await form.getByRole("button", { name: "Change password" }).click();
	await expect(current).toBeFocused();
	await expect(current).toHaveAttribute("aria-invalid", "true");
	await current.fill(testPassword);
	await next.fill("password");
	await next.press("Enter");
	await expect(next).toBeFocused();
	await expect(form.getByRole("alert")).toBeVisible();
	await next.fill("harbours and looms in forty lines");
	await next.press("Enter");
	await expect(account.ways.getByText("Your new password is set")).toBeVisible();
	await expect.poll(() => account.lines(account.devices)).toHaveLength(1);
});

test("J7, ID-3: another device is listed and signed out from here; there it is said with one button, and nothing is lost", async ({
	stand,
	openBrowser,
	getReady,
}) => {
	test.setTimeout(240_000);
	const { browser, person } = await getReady();
	const other = await openBrowser();
	const there = await signIn(other, stand.backend.url, person.email);
	// Its pages and its rounds ask for news, and would hear of it: sent before anything is answered, captured after it was.
	const device = deviceOf(await there.token()) ?? "none is named";
	const asked = stand.proxy.plan({ device, method: "GET", path: /^\/api\/v1\//, with: "hold-request", times: 100 });
	const account = await AccountPage.open(browser);
	await expect.poll(() => account.lines(account.devices)).toHaveLength(2);
	expect((await account.lines(account.devices)).filter((line) => line.includes("This device"))).toHaveLength(1);

	await account.devices
		.getByRole("button", { name: /^Sign out / })
		.first()
		.click();
	await expect(account.devices.getByText("You are signed in nowhere else.")).toBeVisible();
	await expect(account.devices.getByRole("status").last()).toContainText("is signed out.");

	const notes = ["sent-before-it-heard", "saved-by-the-guest"].map((name) => stand.sites.note(name).url);
	const page = await other.context.newPage();
	for (const [index, button] of ["Send", "Save here"].entries()) {
		await page.goto(notes[index] ?? "");
		const popup = await Popup.openOn(other, page);
		await popup.press(button);
		await popup.saved();
		// What its background had asked before is given up after 20 s (the limit of a request), and may be in front.
		await expect.poll(() => popup.text(), { timeout: 60_000 }).toContain("You were signed out on this device");
		asked.release();
		await popup.close();
	}
	await there.page.reload();
	await expect(there.page.getByText("You were signed out on this device.")).toBeVisible();

	await signIn(other, stand.backend.url, person.email);
	const stored = async () => {
		const { body } = await person.api<{ records: { source: { url: string } }[] }>("GET", "/api/v1/records");
		return body.records.map(({ source }) => source.url);
	};
	await expect.poll(async () => (await stored()).toSorted()).toEqual(notes.toSorted());
});

test("J7: all other devices are signed out with one press, after being asked", async ({ stand, openBrowser }) => {
	const [browser, other] = [await openBrowser(), await openBrowser()];
	const { email } = await signUp(browser, stand.backend.url);
	await signIn(other, stand.backend.url, email);
	const account = await AccountPage.open(browser);
	await account.devices.getByRole("button", { name: "Sign out all others" }).click();
	const dialog = account.page.getByRole("dialog", { name: "Sign out the other device?" });
	await dialog.getByRole("button", { name: "Sign out all others" }).click();
	await expect(account.devices.getByText("You are signed in nowhere else.")).toBeVisible();
	expect(await account.lines(account.devices)).toHaveLength(1);
});

test("ID-8: signing out says what waits here, and leaves a guest", async ({ stand, getReady }) => {
	const { browser } = await getReady();
	const account = await AccountPage.open(browser);
	await expect(account.leaving).toContainText("Nothing of this account stays readable on this device.");
	stand.proxy.goAway();
	await captureByPopup(browser, stand.sites.note("waits").url);
	await expect(account.leaving).toContainText("1 capture waits here.");
	await account.leaving.getByRole("button", { name: "Sign out" }).click();
	await expect(account.page.getByText("You are not signed in.")).toBeVisible();
});
