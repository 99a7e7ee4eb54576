import type { DeletionReceipt } from "../../../../backend/contract/account-end.ts";
import { longWhen } from "../../when.ts";
import { accountWords } from "../../words/account.ts";
import { accountEndWords as words } from "../../words/account-end.ts";

/** Where a grant was given, and what became of it: the person has to act on the ones that have a link. */
export type GrantLine = { text: string; url: string | null };

/** What was removed, biggest first; what there was none of is left out. */
export function countLines({ counts }: Pick<DeletionReceipt, "counts">): string[] {
	return Object.entries(counts)
		.filter(([, count]) => count > 0)
		.sort(([, a], [, b]) => b - a)
		.map(([name, count]) => words.counted(name, count));
}

export function grantLines({ grants }: Pick<DeletionReceipt, "grants">): GrantLine[] {
	return grants.map(({ provider, outcome, url }) => ({
		text: words.grants[outcome](providerName(provider)),
		url: outcome === "by_hand" ? url : null,
	}));
}

/** The receipt as a file to keep: it is the last thing Sheaf can say about the account. */
export function receiptText(receipt: DeletionReceipt): string {
	const grants = grantLines(receipt).map(({ text, url }) => (url === null ? text : `${text} ${url}`));
	return [
		words.receiptTitle,
		"",
		`${words.receiptNumber}: ${receipt.id}`,
		`${words.receiptAsked}: ${whole(receipt.requestedAt)}`,
		`${words.receiptDone}: ${whole(receipt.finishedAt)}`,
		"",
		words.removed,
		...bullets(countLines(receipt), words.removedNothing),
		...(grants.length === 0 ? [] : ["", words.grantsTitle, ...bullets(grants, "")]),
		"",
		words.staysInTables,
		"",
	].join("\n");
}

export function receiptFileName({ finishedAt }: Pick<DeletionReceipt, "finishedAt">): string {
	return `sheaf-deletion-receipt-${finishedAt.slice(0, 10)}.txt`;
}

const bullets = (lines: string[], none: string) => (lines.length === 0 ? [none] : lines.map((line) => `- ${line}`));
const whole = (instant: string) => `${longWhen(Date.parse(instant))} (${instant})`;
const providerName = (id: string) => accountWords.wayTitles[id] ?? id.charAt(0).toUpperCase() + id.slice(1);
