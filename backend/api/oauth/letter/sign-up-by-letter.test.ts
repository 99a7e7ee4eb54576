import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import postgres, { type Sql } from "postgres";
import { codeIn } from "../../../mail/test-mail-box.ts";
import type { TestBackend } from "../../testing/test-backend.ts";
import { comparable, goodPassword, isSignedIn, startLetterBackend, TestWindow } from "./test-window.ts";

let backend: TestBackend;
let admin: Sql;
beforeAll(async () => {
	// The clock stands still, so that no limit's window ends in the middle.
	const now = Date.now();
	backend = await startLetterBackend({ deps: { clock: () => now } });
	admin = postgres(backend.testDatabase.url, { max: 1 });
});
afterAll(async () => {
	await admin.end();
	await backend.close();
});

let made = 0;
const address = () => {
	made += 1;
	return `person-${made}@example.test`;
};
const accountsOf = async (email: string) =>
	await admin`select email_verified_at is not null as verified from sheaf.users where email = ${email}`;

/** Somebody who has an account. */
async function known(): Promise<string> {
	const email = address();
	const window = new TestWindow(backend);
	await window.signUp(email);
	await window.submit("/oauth/sign-up/code", { code: codeIn(backend.mailBox.to(email)) });
	return email;
}

const wrongFor = (email: string) => {
	const code = codeIn(backend.mailBox.to(email));
	return code === "1111 1111" ? "2222 2222" : "1111 1111";
};

describe("ID-2: a sign-up proves its address first", () => {
	test("ID-2: by the letter's code, typed in the window that waits, which then goes on to the extension", async () => {
		const email = address();
		const window = new TestWindow(backend);
		const waits = await window.signUp(email.toUpperCase());
		expect(waits.status).toBe(200);
		expect(waits.text).toContain(`We sent a letter to <strong>${email}</strong>`);
		expect(waits.answer.headers.getSetCookie()).toEqual([]);
		expect(await accountsOf(email)).toHaveLength(0);
		const end = await window.submit("/oauth/sign-up/code", { code: codeIn(backend.mailBox.to(email)) });
		expect(isSignedIn(end)).toBe(true);
		expect(await accountsOf(email)).toMatchObject([{ verified: true }]);
		expect(isSignedIn(await new TestWindow(backend).signIn(email))).toBe(true);
	});

	test("ID-2: a code is taken with and without its space, and only together with its window", async () => {
		const email = address();
		const [window, other] = [new TestWindow(backend), new TestWindow(backend)];
		await window.signUp(email);
		const code = codeIn(backend.mailBox.to(email));
		await other.signUp(address());
		const foreign = await other.submit("/oauth/sign-up/code", { code });
		expect(foreign.text).toContain("not the code of the letter");
		expect(isSignedIn(await window.submit("/oauth/sign-up/code", { code: ` ${code.replace(" ", "")} ` }))).toBe(true);
	});

	test("ID-2: by the letter's link: opening it changes nothing, its button does, and the window that waits goes on without a code", async () => {
		const email = address();
		const [window, mail] = [new TestWindow(backend), new TestWindow(backend)];
		await window.signUp(email);
		const link = backend.mailBox.to(email).link ?? "";
		const early = await window.submit("/oauth/sign-up/code", { code: "" });
		expect(early.text).toContain("open its link");
		for (let scanned = 0; scanned < 3; scanned += 1) {
			const asked = await mail.visit(link);
			expect(asked.text).toContain("Is this your e-mail?");
			expect(await accountsOf(email)).toHaveLength(0);
		}
		const confirmed = await mail.submit("/oauth/letter", {});
		expect(confirmed.text).toContain("Your account is ready");
		// Whoever reads the letters is not signed in where they read them, and no client gets a code from there.
		expect(confirmed.answer.headers.getSetCookie()).toEqual([]);
		expect(await accountsOf(email)).toMatchObject([{ verified: true }]);
		expect(isSignedIn(await window.submit("/oauth/sign-up/code", { code: "" }))).toBe(true);
	});

	test("ID-2: link, then the window closed: the account is there, and signs in with its password", async () => {
		const email = address();
		const mail = new TestWindow(backend);
		await new TestWindow(backend).signUp(email);
		await mail.visit(backend.mailBox.to(email).link ?? "");
		await mail.submit("/oauth/letter", {});
		expect(isSignedIn(await new TestWindow(backend).signIn(email))).toBe(true);
	});

	test("SEC-1: a code is good once, and so is a link", async () => {
		const email = address();
		const [window, mail] = [new TestWindow(backend), new TestWindow(backend)];
		await window.signUp(email);
		const letter = backend.mailBox.to(email);
		await mail.visit(letter.link ?? "");
		const linkForm = mail.page;
		expect(isSignedIn(await window.submit("/oauth/sign-up/code", { code: codeIn(letter) }))).toBe(true);
		const again = await window.submit("/oauth/sign-up/code", { code: codeIn(letter) });
		expect(again.text).toContain("cannot be used any more");
		mail.page = linkForm;
		expect((await mail.submit("/oauth/letter", {})).text).toContain("cannot be used any more");
		expect((await mail.visit(letter.link ?? "")).text).toContain("cannot be used any more");
		expect(await accountsOf(email)).toHaveLength(1);
	});

	test("SEC-1: after five wrong codes the right one is not taken either; each answer is a page that stays", async () => {
		const email = address();
		const window = new TestWindow(backend);
		await window.signUp(email);
		const code = wrongFor(email);
		for (let tries = 0; tries < 5; tries += 1) {
			const shown = await window.submit("/oauth/sign-up/code", { code });
			expect({ status: shown.status, told: shown.text.includes("not the code") }).toEqual({ status: 200, told: true });
		}
		const right = await window.submit("/oauth/sign-up/code", { code: codeIn(backend.mailBox.to(email)) });
		expect(right.status).toBe(200);
		expect(right.text).toContain("cannot be used any more");
		expect(right.text).toContain("Get a new letter");
		expect(await accountsOf(email)).toHaveLength(0);
	});

	test("SEC-1: of twenty codes tried at once at most five are looked at", async () => {
		const email = address();
		const window = new TestWindow(backend);
		await window.signUp(email);
		const { page } = window;
		const tries = Array.from({ length: 20 }, async () => {
			window.page = page;
			return (await window.submit("/oauth/sign-up/code", { code: wrongFor(email) })).text;
		});
		const answers = await Promise.all(tries);
		expect(answers.filter((text) => text.includes("not the code"))).toHaveLength(5);
		expect(answers.filter((text) => text.includes("cannot be used any more"))).toHaveLength(15);
	});

	test("SEC-1: code and link run out after a quarter of an hour", async () => {
		const own = await startLetterBackend();
		const email = address();
		const [window, mail] = [new TestWindow(own), new TestWindow(own)];
		await window.signUp(email);
		const letter = own.mailBox.to(email);
		own.passTime(14 * 60);
		expect((await mail.visit(letter.link ?? "")).text).toContain("Is this your e-mail?");
		own.passTime(61);
		expect((await mail.visit(letter.link ?? "")).text).toContain("cannot be used any more");
		const end = await window.submit("/oauth/sign-up/code", { code: codeIn(letter) });
		expect(end.text).toContain("cannot be used any more");
		await own.close();
	});

	test("ID-2: two windows with one new address: the first proof makes the account, the second is led to sign in", async () => {
		const email = address();
		const [first, second] = [new TestWindow(backend), new TestWindow(backend)];
		await first.signUp(email);
		const code = codeIn(backend.mailBox.to(email));
		await second.signUp(email, "another long password");
		const later = codeIn(backend.mailBox.to(email));
		expect(isSignedIn(await first.submit("/oauth/sign-up/code", { code }))).toBe(true);
		const end = await second.submit("/oauth/sign-up/code", { code: later });
		expect(end.text).toContain("You have an account already");
		expect(await accountsOf(email)).toHaveLength(1);
		expect(isSignedIn(await new TestWindow(backend).signIn(email, "another long password"))).toBe(false);
	});
});

describe("SEC-1: nobody learns from a sign-up who has an account", () => {
	test("SEC-1: the same page, the same hashing, one letter; only the letter's words differ", async () => {
		const [there, fresh] = [await known(), address()];
		let hashes = 0;
		const { hash, verify } = Bun.password;
		Bun.password.hash = async (...given) => {
			hashes += 1;
			return await hash(...given);
		};
		Bun.password.verify = async (...given) => {
			hashes += 1;
			return await verify(...given);
		};
		const seen = [];
		try {
			for (const email of [there, fresh]) {
				hashes = 0;
				const letters = backend.mailBox.letters.length;
				const shown = await new TestWindow(backend).signUp(email);
				const sent = backend.mailBox.letters.length - letters;
				seen.push({ status: shown.status, page: comparable(shown, email), sent, hashes });
			}
		} finally {
			Object.assign(Bun.password, { hash, verify });
		}
		expect(seen[0]).toMatchObject({ status: 200, sent: 1, hashes: 1 });
		expect(seen[0]).toEqual(seen[1] as (typeof seen)[number]);
		expect(backend.mailBox.to(there).subject).toBe("You have a Sheaf account already");
		expect(backend.mailBox.to(fresh).subject).toBe("Confirm your e-mail for Sheaf");
	});

	test("SEC-1: no code opens a known address's window, and its letter's link sets a new password", async () => {
		const email = await known();
		const [window, mail] = [new TestWindow(backend), new TestWindow(backend)];
		await window.signUp(email, "what an attacker chose");
		const letter = backend.mailBox.to(email);
		expect(letter.text).not.toMatch(/\d{4} \d{4}/);
		expect((await window.submit("/oauth/sign-up/code", { code: "" })).text).toContain("open its link");
		const asked = await mail.visit(letter.link ?? "");
		expect(asked.text).toContain("Set a new password");
		const set = await mail.submit("/oauth/letter", { password: "a password set anew" });
		expect(set.text).toContain("Your password is set");
		expect(isSignedIn(await window.submit("/oauth/sign-up/code", { code: "" }))).toBe(false);
		expect(isSignedIn(await new TestWindow(backend).signIn(email, "what an attacker chose"))).toBe(false);
		expect(isSignedIn(await new TestWindow(backend).signIn(email, "a password set anew"))).toBe(true);
	});

	test("SEC-1: letters to one address are few, for known and unknown ones alike, and the page stays open", async () => {
		for (const email of [await known(), address()]) {
			await admin`truncate sheaf.rate_limits`;
			const before = backend.mailBox.letters.length;
			for (let sent = 0; sent < 5; sent += 1) await new TestWindow(backend).signUp(email);
			const window = new TestWindow(backend);
			const shown = await window.signUp(email);
			expect(shown.status).toBe(200);
			expect(shown.text).toContain("Too many tries");
			expect(window.linkTo("/oauth/authorize")).toContain("client_id=sheaf-extension");
			expect(backend.mailBox.letters.length - before).toBe(5);
		}
	});

	test("ID-2: a letter that cannot be sent is told, and the form is there to try again", async () => {
		backend.mailBox.fail(true);
		const email = address();
		const window = new TestWindow(backend);
		const shown = await window.signUp(email);
		backend.mailBox.fail(false);
		expect(shown.status).toBe(200);
		expect(shown.text).toContain("could not be sent");
		expect(shown.text).toContain(`value="${email}"`);
		const again = await window.submit("/oauth/sign-up", { email, password: goodPassword });
		expect(again.text).toContain("We sent a letter");
	});
});

test("ID-2: nothing of a letter is at rest in the form it travels in", async () => {
	const email = address();
	const window = new TestWindow(backend);
	await window.signUp(email);
	const letter = backend.mailBox.to(email);
	const [row] = await admin`select jsonb_agg(c)::text as everything from sheaf.email_challenges c`;
	const everything = String(row?.["everything"]);
	expect(everything).toContain(email);
	const waiting = /name="waiting" value="([\w-]{43})"/.exec(window.page)?.[1] ?? "none";
	const link = letter.link?.split("/").at(-1) ?? "none";
	for (const secret of [waiting, link, codeIn(letter), codeIn(letter).replace(" ", ""), goodPassword]) {
		expect(everything).not.toContain(secret);
	}
});
