import type { OutboxCounts } from "../outbox/types.ts";

/** The toolbar button's badge and tooltip. The words repeat what the colour says. */
export type Badge = { text: string; title: string; color: string };

/** Both carry white text at more than 4.5:1. */
export const badgeColors = { waiting: "#7a5c13", needsYou: "#b3261e" };

const short = (count: number): string => (count > 99 ? "99+" : String(count));

/** What waits and what needs the person; nothing when all has arrived. */
export const badgeFor = ({ waiting, needsYou }: OutboxCounts): Badge => {
	const parts = [
		needsYou > 0 ? `${needsYou} ${needsYou === 1 ? "needs" : "need"} you` : "",
		waiting > 0 ? `${waiting} waiting` : "",
	].filter((part) => part !== "");
	const total = waiting + needsYou;
	return {
		text: total === 0 ? "" : short(total),
		title: parts.length === 0 ? "Sheaf" : `Sheaf: ${parts.join(", ")}`,
		color: needsYou > 0 ? badgeColors.needsYou : badgeColors.waiting,
	};
};
