import { TestWindow, type WayBackend } from "./test-window.ts";

/** Signs somebody in, in a window of their own. */
export async function signIn(opened: WayBackend, key: string) {
	const window = await TestWindow.open(opened);
	const answer = await window.comeBack(opened.way.consent.decide(await window.leave(), key));
	return { window, ...(await window.redeem(answer)) };
}
