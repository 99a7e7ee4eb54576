import { browser } from "wxt/browser";
import { blobAddress } from "../blobs/address.ts";
import { BlobDatabase, blobsName } from "../blobs/blob-database.ts";
import { keepBlob } from "../blobs/store.ts";
import type { CapturedDocument } from "../capture/draft.ts";
import { t } from "../i18n/t.ts";
import type { CurrentOutbox } from "../outbox/current-outbox.ts";
import { OutboxError } from "../outbox/outbox-error.ts";
import { guestsDraft } from "../settings/draft-keys.ts";
import { account, theme } from "../settings/items.ts";
import { type ShotChoice, shotChoices } from "../settings/shot-choices.ts";
import "../shots/choose.ts";
import { type ChooseRequest, type Chosen, isChosen } from "../shots/choose.ts";
import { type ShotAnswer, type ShotAsk, ShotError } from "../shots/shot.ts";
import { type ShootOptions, shoot } from "../shots/take-shot.ts";
import { type DraftPlace, keepPicture } from "../ui/popup/kept-draft.ts";
import { showHint } from "./badge.ts";

type Outbox = Pick<CurrentOutbox, "get">;

/** The picture that is being taken: one at a time, because the browser gives two views a second to all of them. */
let taking: AbortController | null = null;

/** Takes a picture of a record's document, keeps it among the pictures of whoever is here, and with the half-written record. Never rejects. */
export async function takeShot(outbox: Outbox, { of, document }: ShotAsk): Promise<ShotAnswer> {
	if (of === "element") return await choose(document);
	return await take(outbox, { document, region: of === "page" ? "whole" : null });
}

/** Ends the picture that is being taken. */
export function stopShot(): void {
	taking?.abort();
}

type Taking = Pick<ShootOptions, "region"> & { document: CapturedDocument };

async function take(outbox: Outbox, { document, region }: Taking): Promise<ShotAnswer> {
	if (taking !== null) return { kind: "failed", because: "busy" };
	taking = new AbortController();
	try {
		// Whose it is, is settled before it is taken: should they sign out meanwhile, their pictures are closed and nothing is kept.
		const [place, { database }] = [await placeOf(document), await outbox.get()];
		const { picture, isCut } = await shoot(document, { region, signal: taking.signal });
		return { kind: "taken", address: await keep(database.name, place, picture), isCut };
	} catch (error) {
		return answerTo(error);
	} finally {
		taking = null;
	}
}

async function keep(outboxName: string, place: DraftPlace, picture: Blob): Promise<string> {
	const blobs = new BlobDatabase(blobsName(outboxName));
	try {
		const { sha256 } = await keepBlob(blobs, picture);
		const address = blobAddress(sha256);
		// Where there is no such storage, a closed popup forgets, as it does with what is typed.
		await keepPicture(place, address).catch(() => undefined);
		return address;
	} finally {
		blobs.close();
	}
}

function answerTo(error: unknown): ShotAnswer {
	if (error instanceof OutboxError) return { kind: "not-kept", message: error.message };
	if (!(error instanceof ShotError)) return { kind: "failed", because: "not-readable" };
	const { because } = error;
	return because === "cancelled" ? { kind: because } : { kind: "failed", because };
}

/** As the popup keeps half-written records: for a person in one workspace, or for the guest. */
async function placeOf(document: CapturedDocument): Promise<DraftPlace> {
	const here = await account.getValue();
	return { who: here === null ? guestsDraft : `${here.userId}:${here.workspaceId}`, document };
}

/** Shows the overlay in which an element is chosen. The worker may be stopped before it is: what is awaited is written down. */
async function choose(document: CapturedDocument): Promise<ShotAnswer> {
	const { tabId, documentId } = document;
	const target = documentId === "" ? { tabId, frameIds: [0] } : { tabId, documentIds: [documentId] };
	try {
		await browser.scripting.executeScript({ target, files: ["/capture.js", "/picker.js"] });
		const token = crypto.randomUUID();
		const choice: ShotChoice = { token, ...(await placeOf(document)) };
		await shotChoices.setValue({ ...(await shotChoices.getValue()), [tabId]: choice });
		await browser.scripting.executeScript({
			target,
			// Serialised into the page's isolated world: it can use nothing of this file.
			func: (asked: ChooseRequest) => globalThis.sheafChoose?.(asked),
			args: [{ token, theme: await theme.getValue() }],
		});
		return { kind: "choosing" };
	} catch {
		return { kind: "failed", because: "document-changed" };
	}
}

type Sender = { id?: string | undefined; frameId?: number | undefined; tab?: { id?: number | undefined } | undefined };

/** Takes what overlays send. Call it synchronously when the background starts: a message may have woken it. */
export function listenForChosen(outbox: Outbox): void {
	browser.runtime.onMessage.addListener((message: unknown, sender: Sender) => {
		if (isChosen(message)) void takeChosen(outbox, message, sender);
		return undefined;
	});
}

/**
 * It comes out of a page's process: it counts for the choice that is going on in that tab, under its word and once, and only while whoever
 * began it is here. What is taken is what the window shows, whatever place it names.
 */
export async function takeChosen(outbox: Outbox, { sheafChosen, region }: Chosen, sender: Sender): Promise<void> {
	const { [String(sender.tab?.id ?? "")]: choice, ...others } = await shotChoices.getValue();
	const isOurs = sender.id === browser.runtime.id && sender.frameId === 0 && choice?.token === sheafChosen;
	if (choice === undefined || !isOurs) return;
	await shotChoices.setValue(others);
	const { document, who } = choice;
	if (region === null || (await placeOf(document)).who !== who) return;
	const answer = await take(outbox, { document, region });
	if (answer.kind === "failed") return await showHint(document.tabId, t(`pictures.failed.${answer.because}`));
	if (answer.kind === "not-kept") return await showHint(document.tabId, answer.message);
	if (answer.kind === "taken") await showAgain(document.tabId);
}

/** The popup had to make room for the page. Where the browser does not open it by itself, its button says what is next. */
async function showAgain(tabId: number): Promise<void> {
	const open = (): Promise<void> => browser.action.openPopup();
	await open().catch(() => showHint(tabId, t("pictures.hint")));
}
