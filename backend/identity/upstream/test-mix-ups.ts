import { expect, test } from "bun:test";
import { approve } from "./test-sign-in.ts";
import { refreshOf, TestWindow, type WayBackend } from "./test-window.ts";

const noFlow = "This sign-in cannot go on";

async function isRefused(answer: Response, words: string): Promise<void> {
	expect(answer.status).toBe(200);
	expect(refreshOf(answer)).toBeNull();
	expect(await answer.text()).toContain(words);
}

/** Ways back that are not this browser's, not this flow's, not this upstream's, or not the first. */
export function testMixUps(now: () => WayBackend): void {
	test("ID-2: a state that is another, doubled or left out is refused, and the upstream is not asked", async () => {
		const { window, back } = await approve(now());
		const { way } = now();
		const asked = way.server.calls.length;
		const state = back.searchParams.get("state") ?? "";
		const wrong = new URL(back);
		// The cookie is found by the first characters; all of them have to fit.
		wrong.searchParams.set("state", `${state.slice(0, -1)}${state.endsWith("A") ? "B" : "A"}`);
		const doubled = new URL(back);
		doubled.searchParams.append("state", state);
		const without = new URL(back);
		without.searchParams.delete("state");
		for (const attack of [wrong, doubled, without]) await isRefused(await window.comeBack(attack), noFlow);
		expect(way.server.calls).toHaveLength(asked);
	});

	test("ID-2: the way back of somebody else's browser is refused", async () => {
		const { back } = await approve(now());
		await isRefused(await (await TestWindow.open(now())).comeBack(back), noFlow);
	});

	test("ID-2: the way back is for one use, and of ten at once one passes", async () => {
		const { window, back } = await approve(now());
		const answers = await Promise.all(Array.from({ length: 10 }, () => window.comeBack(back)));
		expect(answers.filter((answer) => refreshOf(answer) !== null)).toHaveLength(1);
		await isRefused(await window.comeBack(back), noFlow);
	});

	test("ID-2: a flow ends after ten minutes", async () => {
		const { window, back } = await approve(now());
		now().backend.passTime(601);
		await isRefused(await window.comeBack(back), noFlow);
		now().backend.passTime(-601);
	});

	test("ID-2: an answer that comes to another upstream's address is refused (mix-up)", async () => {
		const { window, back } = await approve(now());
		back.pathname = "/oauth/callback/another";
		await isRefused(await window.comeBack(back), noFlow);
	});
}

/** Answers that somebody else wrote. */
export function testInjections(now: () => WayBackend): void {
	test("ID-2: an `iss` that is another is refused, and its own is taken (RFC 9207)", async () => {
		const { window, back } = await approve(now());
		back.searchParams.set("iss", "https://attacker.example");
		await isRefused(await window.comeBack(back), "could not be accepted");
		const next = await approve(now());
		next.back.searchParams.set("iss", now().way.name);
		expect(refreshOf(await next.window.comeBack(next.back))).toContain("code=");
	});

	test("ID-2: a code of another window is refused: its verifier is not this one's (injection)", async () => {
		const [mine, theirs] = [await approve(now()), await approve(now())];
		mine.back.searchParams.set("code", theirs.back.searchParams.get("code") ?? "");
		await isRefused(await mine.window.comeBack(mine.back), "could not be accepted");
	});

	test("ID-2: a code that was used or never given is refused", async () => {
		const { window, back } = await approve(now());
		back.searchParams.set("code", "0".repeat(32));
		await isRefused(await window.comeBack(back), "could not be accepted");
	});
}
