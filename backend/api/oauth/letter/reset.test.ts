import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import postgres, { type Sql } from "postgres";
import { codeIn } from "../../../mail/test-mail-box.ts";
import type { TestBackend } from "../../testing/test-backend.ts";
import { startTestBackend } from "../../testing/test-backend.ts";
import { ask, makePerson, oauthError, type TestPerson } from "../../testing/test-person.ts";
import { comparable, isSignedIn, TestWindow } from "./test-window.ts";

// Accounts are made at once here, which is shorter; resets are the same everywhere.
let backend: TestBackend;
let admin: Sql;
beforeAll(async () => {
	// The clock stands still, so that no limit's window ends in the middle.
	const now = Date.now();
	backend = await startTestBackend({ deps: { clock: () => now } });
	admin = postgres(backend.testDatabase.url, { max: 1 });
});
afterAll(async () => {
	await admin.end();
	await backend.close();
});

const newPassword = "a password set anew";

/** From the sign-in page by its link, as a person goes. */
async function forgot(email: string): Promise<TestWindow> {
	const window = await new TestWindow(backend).open("sign-in");
	await window.visit(window.linkTo("/oauth/forgot"));
	await window.submit("/oauth/forgot", { email });
	return window;
}

async function signedIn(): Promise<{ person: TestPerson; tokens: Awaited<ReturnType<TestPerson["tokens"]>> }> {
	const person = await makePerson(backend.url);
	return { person, tokens: await person.tokens() };
}

describe("ID-2: a forgotten password", () => {
	test("J5: the pages of a German browser are German, and so is its letter", async () => {
		const { person } = await signedIn();
		const headers = { "accept-language": "de-DE,de;q=0.9" };
		const window = await new TestWindow(backend).open("sign-in");
		await window.visit(window.linkTo("/oauth/forgot"));
		const { text } = await window.submit("/oauth/forgot", { email: person.email }, headers);
		expect(text).toContain('<html lang="de" dir="ltr">');
		expect(text).toContain("Sieh in deine E-Mails");
		const letter = backend.mailBox.to(person.email);
		expect(letter.subject).toBe("Lege ein neues Passwort für Sheaf fest");
		const typed = { code: codeIn(letter), password: "kurz" };
		expect((await window.submit("/oauth/reset", typed, headers)).text).toMatch(/Nimm mindestens \d+ Zeichen/);
	});

	test("ID-2: by the letter's code, in the window, which goes on to the extension", async () => {
		const { person } = await signedIn();
		const window = await forgot(person.email);
		const code = codeIn(backend.mailBox.to(person.email));
		const end = await window.submit("/oauth/reset", { code, password: newPassword });
		expect(isSignedIn(end)).toBe(true);
		expect(isSignedIn(await new TestWindow(backend).signIn(person.email, newPassword))).toBe(true);
		expect(isSignedIn(await new TestWindow(backend).signIn(person.email, person.password))).toBe(false);
		expect(backend.mailBox.to(person.email).subject).toBe("Your Sheaf password was changed");
	});

	test("ID-2: by the letter's link, elsewhere; looking at it changes nothing", async () => {
		const { person } = await signedIn();
		await forgot(person.email);
		const mail = new TestWindow(backend);
		const { link } = backend.mailBox.to(person.email);
		await mail.visit(link ?? "");
		await mail.visit(link ?? "");
		const short = await mail.submit("/oauth/letter", { password: "short" });
		expect(short.text).toContain("at least 8 characters");
		const end = await mail.submit("/oauth/letter", { password: newPassword });
		expect(end.text).toContain("Your password is set");
		expect(end.answer.headers.getSetCookie()).toEqual([]);
		expect((await mail.visit(link ?? "")).text).toContain("cannot be used any more");
		expect(isSignedIn(await new TestWindow(backend).signIn(person.email, newPassword))).toBe(true);
	});

	test("ID-2: whoever was signed in with the old one is out: devices, pages, and codes on their way", async () => {
		const { person, tokens } = await signedIn();
		const cookie = person.browser.cookie("sheaf_session") ?? "";
		const window = await forgot(person.email);
		const code = codeIn(backend.mailBox.to(person.email));
		await window.submit("/oauth/reset", { code, password: newPassword });
		const refreshed = await person.token({ grant_type: "refresh_token", refresh_token: tokens.refresh_token });
		expect(await oauthError(refreshed)).toBe("invalid_grant");
		const write = await ask(`${backend.url}/api/v1/writes/batch`, tokens.access_token, { method: "POST" });
		expect(write.status).toBe(401);
		expect((await ask(`${backend.url}/api/v1/users/me`, tokens.access_token)).status).toBe(401);
		const copied = new TestWindow(backend);
		copied.browser.setCookie("sheaf_session", cookie);
		const page = await copied.visit("/oauth/sign-in");
		expect(page.text).not.toContain(person.email);
	});

	test("SEC-1: with a new password every other letter that could set one is worth nothing", async () => {
		const { person } = await signedIn();
		const [first, second] = [await forgot(person.email), await forgot(person.email)];
		const letters = backend.mailBox.letters.filter(({ to }) => to === person.email).slice(-2);
		const [firstLetter, secondLetter] = letters;
		if (!firstLetter || !secondLetter) throw new Error("Two letters were expected.");
		const done = await second.submit("/oauth/reset", { code: codeIn(secondLetter), password: newPassword });
		expect(isSignedIn(done)).toBe(true);
		const late = await first.submit("/oauth/reset", { code: codeIn(firstLetter), password: "of somebody else" });
		expect(late.text).toContain("cannot be used any more");
		const mail = new TestWindow(backend);
		expect((await mail.visit(firstLetter.link ?? "")).text).toContain("cannot be used any more");
	});

	test("SEC-1: a password that is not taken costs no try, a wrong code does; after five the letter is over", async () => {
		const { person } = await signedIn();
		const window = await forgot(person.email);
		const code = codeIn(backend.mailBox.to(person.email));
		const wrong = code === "1111 1111" ? "2222 2222" : "1111 1111";
		for (let tries = 0; tries < 6; tries += 1) {
			const shown = await window.submit("/oauth/reset", { code: wrong, password: "password1234" });
			expect(shown.text).toContain("guessed first");
		}
		for (let tries = 0; tries < 5; tries += 1) {
			const shown = await window.submit("/oauth/reset", { code: wrong, password: newPassword });
			expect({ status: shown.status, told: shown.text.includes("not the code") }).toEqual({ status: 200, told: true });
		}
		const over = await window.submit("/oauth/reset", { code, password: newPassword });
		expect(over.text).toContain("cannot be used any more");
		expect(window.linkTo("/oauth/forgot")).toContain("continue=");
		expect(isSignedIn(await new TestWindow(backend).signIn(person.email, person.password))).toBe(true);
	});

	test("SEC-1: codes are counted per person over all their letters, by the letter and not by what the form says", async () => {
		const { person } = await signedIn();
		let looked = 0;
		for (let letter = 0; letter < 5; letter += 1) {
			const window = await forgot(person.email);
			for (let tries = 0; tries < 5; tries += 1) {
				const fields = { code: "1", password: newPassword, email: `${looked}@example.test` };
				const { text } = await window.submit("/oauth/reset", fields);
				if (text.includes("not the code")) looked += 1;
			}
		}
		expect(looked).toBe(20);
	});
});

describe("SEC-1: nobody learns from a reset who has an account", () => {
	test("SEC-1: known, unknown and without a password: the same page, one letter, no hashing", async () => {
		const { person } = await signedIn();
		const federated = `${crypto.randomUUID()}@example.test`;
		await admin`
			with u as (insert into sheaf.users (id, email, email_verified_at) values (uuidv7(), ${federated}, now()) returning id)
			insert into sheaf.user_accounts (user_id, provider, subject) select id, 'google', id::text from u`;
		const unknown = `${crypto.randomUUID()}@example.test`;
		const seen = [];
		for (const email of [person.email, federated, unknown]) {
			const letters = backend.mailBox.letters.length;
			const window = await new TestWindow(backend).open("sign-in");
			await window.visit(window.linkTo("/oauth/forgot"));
			const shown = await window.submit("/oauth/forgot", { email });
			const sent = backend.mailBox.letters.length - letters;
			seen.push({ status: shown.status, page: comparable(shown, email), sent });
			const end = await window.submit("/oauth/reset", { code: "12345678", password: newPassword });
			seen.push({ status: end.status, page: comparable(end, email), sent: 0 });
		}
		expect(seen.slice(2, 4)).toEqual(seen.slice(0, 2));
		expect(seen.slice(4, 6)).toEqual(seen.slice(0, 2));
		expect(seen[0]).toMatchObject({ status: 200, sent: 1 });
		expect(backend.mailBox.to(unknown).text).toContain("There is no account");
		expect(backend.mailBox.to(federated).text).toContain("Your account has none");
		expect(backend.mailBox.to(federated).link).toBeNull();
	});

	test("ID-2: a letter that cannot be sent is told to everybody alike", async () => {
		const { person } = await signedIn();
		backend.mailBox.fail(true);
		const texts = [];
		for (const email of [person.email, `${crypto.randomUUID()}@example.test`]) {
			const window = await forgot(email);
			texts.push(comparable({ text: window.page, status: 200, answer: new Response() }, email));
		}
		backend.mailBox.fail(false);
		expect(texts[0]).toContain("could not be sent");
		expect(texts[1]).toBe(texts[0] ?? "");
	});
});
