import { TestWindow, type WayBackend } from "./test-window.ts";

/** A window whose person has said yes at the upstream, and the way back. */
export async function approve(opened: WayBackend, key = putAda(opened)) {
	const window = await TestWindow.open(opened);
	return { window, back: opened.way.consent.decide(await window.leave(), key) };
}

/** Signs somebody in, in a window of their own. */
export async function signIn(opened: WayBackend, key: string) {
	const { window, back } = await approve(opened, key);
	return { window, ...(await window.redeem(await window.comeBack(back))) };
}

function putAda({ way }: WayBackend): string {
	return way.put({ subject: "ada", address: "ada", vouched: true }).key;
}
