import { type Circumstances, copiedText } from "../../diagnostics/copied-text.ts";
import type { Entry } from "../../diagnostics/entry.ts";
import { openRing, type Ring } from "../../diagnostics/ring-database.ts";
import { thisBrowser } from "../../diagnostics/this-browser.ts";
import { answers } from "../../i18n/locale.ts";
import { readDeviceId } from "../../settings/device-id.ts";
import { account, menu, targets, theme } from "../../settings/items.ts";
import { sendDiagnosticsOf, sendsDiagnostics } from "../../settings/send-diagnostics.ts";
import { openOwnOutbox } from "./outbox.ts";

/** The entries of whoever is here. Close it. */
export async function openOwnRing(): Promise<Ring> {
	const userId = (await account.getValue())?.userId ?? null;
	return await openRing({ userId, deviceId: await readDeviceId() });
}

/** @returns the text for the clipboard, and how many entries are in it. What cannot be read is left out: it may be why somebody asks for help. */
export async function diagnosticsToCopy(): Promise<{ text: string; count: number }> {
	const entries = await ownEntries().catch(() => null);
	return { text: copiedText(await circumstances(), entries), count: entries?.length ?? 0 };
}

async function ownEntries(): Promise<Entry[]> {
	const ring = await openOwnRing();
	try {
		return await ring.all();
	} finally {
		ring.close();
	}
}

async function circumstances(): Promise<Circumstances> {
	const [who, look, menuChoice, known] = await Promise.all([
		account.getValue(),
		theme.getValue(),
		menu.getValue(),
		targets.getValue(),
	]);
	const settings = {
		language: answers,
		theme: look,
		menu: menuChoice,
		signedIn: who !== null,
		workspaces: who?.workspaces.length ?? 0,
		targets: known.length,
		online: navigator.onLine,
		sendsDiagnostics: (await sendsDiagnostics()) !== null,
	};
	return { about: thisBrowser(), at: Date.now(), settings, records: await countRecords().catch(() => null) };
}

async function countRecords(): Promise<Record<string, number>> {
	const outbox = await openOwnOutbox(await account.getValue());
	try {
		const counts: Record<string, number> = {};
		for (const { state } of await outbox.all()) counts[state] = (counts[state] ?? 0) + 1;
		return counts;
	} finally {
		outbox.close();
	}
}

/** From this press on; what was noted before is not sent. */
export async function startSending(userId: string): Promise<void> {
	const ring = await openOwnRing();
	try {
		await ring.markSent();
	} finally {
		ring.close();
	}
	await sendDiagnosticsOf.setValue(userId);
}
