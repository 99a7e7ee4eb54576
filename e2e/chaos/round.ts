import { captureByPopup, tally, waitForRows } from "../support/captures.ts";
import { waitUntil } from "../support/wait-until.ts";
import type { Fault, Scene } from "./fault.ts";

/** What one strike of one fault left behind. */
export type RoundResult = {
	lost: string[];
	doubled: string[];
	/** What the popup says of the record in the end: it must know that the row is there. */
	shown: string;
	/** From the moment Sheaf could work again until the row is there and Sheaf knows it. */
	recoveryMs: number;
};

let rounds = 0;

/** Arms the fault, captures a page, proves that the fault struck, mends, and counts the rows. */
export async function playRound(fault: Fault, scene: Scene, timeoutMs = 60_000): Promise<RoundResult> {
	rounds += 1;
	const note = scene.stand.sites.note(`${process.pid}-${rounds}`);
	const armed = await fault.arm(scene);
	await captureByPopup(scene.browser, note.url);
	await armed.struck();
	await armed.mend();
	const mendedAt = performance.now();
	// A record that does not come is what is being counted here, not a reason to stop.
	await waitForRows({ simulator: scene.stand.simulator, base: scene.base }, [note.url], timeoutMs).catch(
		() => undefined,
	);
	await untilSettled(scene, note.url, timeoutMs);
	const recoveryMs = performance.now() - mendedAt;
	const shown = await finallyShown(scene, note.title, timeoutMs);
	const { lost, doubled } = await tally(scene.stand.simulator, scene.base, [note.url]);
	return { lost, doubled, shown, recoveryMs };
}

/** Doubles are written by retries: only when nothing is due any more is the count final. */
async function untilSettled({ stand }: Scene, url: string, timeoutMs: number): Promise<void> {
	const isSettled = async () => {
		const rows = await stand.database.query<{ open: boolean }>(
			`select d.state is distinct from 'delivered' as open from sheaf.records r
			 left join sheaf.deliveries d on d.workspace_id = r.workspace_id and d.record_id = r.id
			 where r.source->>'url' = $1`,
			[url],
		);
		return rows.length > 0 && rows.every(({ open }) => !open);
	};
	await waitUntil("every delivery to be settled", isSettled, { timeoutMs, everyMs: 100 }).catch(() => undefined);
}

/** Opening the popup is what a person would do to look; it also wakes a background that was stopped. */
async function finallyShown(scene: Scene, title: string, timeoutMs: number): Promise<string> {
	const page = await scene.browser.openExtensionPage("popup.html");
	const line = page.locator(".recent-line", { hasText: title });
	const state = async () => (await line.first().getAttribute("data-state")) ?? "";
	await waitUntil("the popup to know", async () => (await state()) === "delivered", { timeoutMs }).catch(
		() => undefined,
	);
	const shown = await state();
	await page.close();
	return shown;
}
