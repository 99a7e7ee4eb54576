import { spyOn } from "bun:test";
import { comparable, type Shown, TestWindow } from "../letter/test-window.ts";
import { forgot, known, proving, someone, wrongPassword } from "./test-letter-scene.ts";
import type { Probe, ProbeGroup } from "./test-probe.ts";

/** What an answer tells a stranger: the page without the address they typed, the status, and how often a password was hashed for it. */
async function toldBy(email: string, ask: () => Promise<Shown>): Promise<string> {
	const spies = [spyOn(Bun.password, "hash"), spyOn(Bun.password, "verify")];
	try {
		const shown = await ask();
		const work = spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0);
		return `${shown.status} ${work} ${comparable(shown, email)}`;
	} finally {
		for (const spy of spies) spy.mockRestore();
	}
}

/** The same question about several addresses, of which some have an account. */
async function compared(emails: readonly string[], ask: (email: string) => Promise<Shown>): Promise<string> {
	const told = new Set<string>();
	for (const email of emails) told.add(await toldBy(email, () => ask(email)));
	return told.size === 1 ? "one page, status and work for all" : `${told.size} different answers`;
}

const alike = "one page, status and work for all";

const enumeration: readonly Probe[] = [
	{
		name: "who has an account, by signing in",
		tries: "words, status and work of a wrong sign-in tell whether there is an account",
		promised: alike,
		attack: async (world) => {
			const backend = await proving(world);
			const emails = [await known(backend), someone(), (await known(backend)).toUpperCase()];
			// The first one in the life of a process makes the hash that nobody's password is compared with.
			await new TestWindow(backend).signIn(someone(), wrongPassword);
			return await compared(emails, (email) => new TestWindow(backend).signIn(email, wrongPassword));
		},
	},
	{
		name: "who has an account, by signing up",
		tries: "words, status and work of a sign-up tell whether the address is taken",
		promised: alike,
		attack: async (world) => {
			const backend = await proving(world);
			const emails = [await known(backend), someone(), await known(backend)];
			return await compared(emails, (email) => new TestWindow(backend).signUp(email));
		},
	},
	{
		name: "who has an account, by a forgotten password",
		tries: "words, status and work of asking for a letter tell whether there is anybody to write to",
		promised: alike,
		attack: async (world) => {
			const backend = await proving(world);
			return await compared([await known(backend), someone()], (email) => forgot(backend, email));
		},
	},
];

export const enumerationProbes: ProbeGroup = { title: "Who has an account", requirement: "SEC-1", probes: enumeration };
