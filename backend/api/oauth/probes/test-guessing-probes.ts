import { codeIn } from "../../../mail/test-mail-box.ts";
import type { TestBackend } from "../../testing/test-backend.ts";
import { isSignedIn, type Shown, TestWindow } from "../letter/test-window.ts";
import { forgot, known, proving, someone, wrongPassword } from "./test-letter-scene.ts";
import type { Probe, ProbeGroup } from "./test-probe.ts";

/** How many tries of `attempt` are answered before it is told to wait. */
async function triesUntilStopped(most: number, attempt: (at: number) => Promise<Shown>): Promise<number> {
	for (let at = 0; at < most; at += 1) if ((await attempt(at)).text.includes("Too many")) return at;
	return most;
}

const spoofed = (at: number) => ({ "x-forwarded-for": `198.51.100.${at}`, forwarded: `for=198.51.100.${at}` });

async function signInAs(backend: TestBackend, fields: { email: string; password: string }, at: number): Promise<Shown> {
	return await (await new TestWindow(backend).open("sign-in")).submit("/oauth/sign-in", fields, spoofed(at));
}

const guessing: readonly Probe[] = [
	{
		name: "guessed password",
		tries: "one account, many passwords, each from another browser and with another X-Forwarded-For",
		promised: "stopped after 10; then the right one is not taken either",
		attack: async (world) => {
			const backend = await proving(world);
			const email = await known(backend);
			const tries = await triesUntilStopped(20, (at) => signInAs(backend, { email, password: wrongPassword }, at));
			const right = await signInAs(backend, { email, password: "correct horse battery" }, 99);
			return `stopped after ${tries}; then the right one is ${isSignedIn(right) ? "taken" : "not taken either"}`;
		},
	},
	{
		name: "one password for many",
		tries: "many accounts, one password each, with other forwarding headers, at one form and then at another",
		promised: "stopped after 300, at the other form too",
		attack: async (world) => {
			const backend = await proving(world);
			const window = await new TestWindow(backend).open("sign-up");
			const { page } = window;
			const tries = await triesUntilStopped(320, (at) => {
				window.page = page;
				// Without a hash, which would take its time; what is counted is the same.
				return window.submit("/oauth/sign-up", { email: "malformed", password: "x" }, spoofed(at % 250));
			});
			const other = await signInAs(backend, { email: someone(), password: wrongPassword }, 1);
			return `stopped after ${tries}${other.text.includes("Too many") ? ", at the other form too" : ""}`;
		},
	},
	{
		name: "letters to fill somebody's box",
		tries: "one address, many letters: new accounts and forgotten passwords in turn",
		promised: "stopped after 5, with 5 letters",
		attack: async (world) => {
			const backend = await proving(world);
			const victim = someone();
			const tries = await triesUntilStopped(10, (at) => {
				return at % 2 === 0 ? forgot(backend, victim, spoofed(at)) : new TestWindow(backend).signUp(victim);
			});
			return `stopped after ${tries}, with ${backend.mailBox.letters.filter(({ to }) => to === victim).length} letters`;
		},
	},
	{
		name: "guessed code of a letter",
		tries: "the attacker asks for the victim's letter and tries codes in their own window, twenty at once",
		promised: "5 of 20 were looked at; then the right one is not taken either",
		attack: async (world) => {
			const backend = await proving(world);
			const victim = await known(backend);
			const window = await new TestWindow(backend).open("sign-in");
			await window.visit(window.linkTo("/oauth/forgot"));
			await window.submit("/oauth/forgot", { email: victim });
			const { page } = window;
			const right = codeIn(backend.mailBox.to(victim));
			const wrong = right === "1111 1111" ? "2222 2222" : "1111 1111";
			const attempt = (code: string) => {
				window.page = page;
				return window.submit("/oauth/reset", { code, password: "a password of the thief" });
			};
			const answers = await Promise.all(Array.from({ length: 20 }, () => attempt(wrong)));
			const looked = answers.filter(({ text }) => text.includes("not the code")).length;
			const end = isSignedIn(await attempt(right)) ? "taken" : "not taken either";
			return `${looked} of 20 were looked at; then the right one is ${end}`;
		},
	},
	{
		name: "code of another window",
		tries: "a code that somebody was talked into telling is typed in a window of the attacker's own",
		promised: "nobody is signed in",
		attack: async (world) => {
			const backend = await proving(world);
			const [victim, window] = [someone(), new TestWindow(backend)];
			await new TestWindow(backend).signUp(victim);
			await window.signUp(someone());
			const end = await window.submit("/oauth/sign-up/code", { code: codeIn(backend.mailBox.to(victim)) });
			return isSignedIn(end) ? "signed in" : "nobody is signed in";
		},
	},
	{
		name: "letter's link used again or made up",
		tries: "a link out of a mailbox sets another password; links of the right form are guessed",
		promised: "no page has a form",
		attack: async (world) => {
			const backend = await proving(world);
			const email = await known(backend);
			await forgot(backend, email);
			const { link } = backend.mailBox.to(email);
			const mail = new TestWindow(backend);
			await mail.visit(link ?? "");
			await mail.submit("/oauth/letter", { password: "a password set anew" });
			const made = (link ?? "").replace(/[\w-]{43}/, "x".repeat(43));
			const pages = [await mail.visit(link ?? ""), await mail.visit(made), await mail.visit(made.slice(0, -3))];
			return pages.some(({ text }) => text.includes("<form")) ? "a form" : "no page has a form";
		},
	},
	{
		name: "account before its proof",
		tries: "an address that was never proven signs in, and keeps its owner from it",
		promised: "before: nobody; the owner, with another password: signed in; the first one's password: nobody",
		attack: async (world) => {
			const backend = await proving(world);
			const email = someone();
			await new TestWindow(backend).signUp(email, "a password of the attacker");
			const attempt = async (password: string) =>
				isSignedIn(await new TestWindow(backend).signIn(email, password)) ? "signed in" : "nobody";
			const before = await attempt("a password of the attacker");
			const owner = new TestWindow(backend);
			await owner.signUp(email, "a password of the owner");
			await owner.submit("/oauth/sign-up/code", { code: codeIn(backend.mailBox.to(email)) });
			const [theirs, first] = [await attempt("a password of the owner"), await attempt("a password of the attacker")];
			return `before: ${before}; the owner, with another password: ${theirs}; the first one's password: ${first}`;
		},
	},
	{
		name: "poisoned letter",
		tries: "Host and forwarding headers of a request make the letter's link lead to the attacker",
		promised: "the link leads to this backend",
		attack: async (world) => {
			const backend = await proving(world);
			const email = await known(backend);
			await forgot(backend, email, { "x-forwarded-host": "attacker.example", "x-forwarded-proto": "https" });
			const { link, text } = backend.mailBox.to(email);
			const ours = link?.startsWith(backend.url) && !text.includes("attacker.example");
			return ours ? "the link leads to this backend" : String(link);
		},
	},
	{
		name: "forged form: letters and codes",
		tries: "another site asks for letters, types codes and sets passwords in the victim's browser",
		promised: "no letter, nobody signed in, the password stays",
		attack: async (world) => {
			const backend = await proving(world);
			const email = await known(backend);
			const window = await new TestWindow(backend).open("sign-in");
			await window.visit(window.linkTo("/oauth/forgot"));
			const before = backend.mailBox.letters.length;
			const foreign = { origin: "https://attacker.example", "sec-fetch-site": "cross-site" };
			const forge = async (path: string, fields: Record<string, string>) => {
				const { page } = window;
				const answers: Shown[] = [];
				for (const [changes, headers] of [
					[{ form_token: "" }, {}],
					[{}, foreign],
				] as const) {
					window.page = page;
					answers.push(await window.submit(path, { ...fields, ...changes }, headers));
				}
				window.page = page;
				return answers;
			};
			const asked = await forge("/oauth/forgot", { email });
			const sent = backend.mailBox.letters.length - before;
			await window.submit("/oauth/forgot", { email });
			const code = codeIn(backend.mailBox.to(email));
			const typed = await forge("/oauth/reset", { code, password: "a password of the thief" });
			const somebody = [...asked, ...typed].some(isSignedIn);
			const stays = isSignedIn(await new TestWindow(backend).signIn(email));
			return `${sent === 0 ? "no letter" : "a letter"}, ${somebody ? "somebody" : "nobody"} signed in, the password ${stays ? "stays" : "is another"}`;
		},
	},
];

export const guessingProbes: ProbeGroup = { title: "Guessing, and letters", requirement: "SEC-1", probes: guessing };
