import type { TargetView } from "../../backend/contract/targets.ts";
import type { CaptureRequest } from "../capture/draft.ts";
import { t } from "../i18n/t.ts";
import type { NewCapture } from "../outbox/types.ts";
import type { CaptureFailure, TabCapture } from "./capture-tab.ts";
import { fallbackDraft } from "./fallback-draft.ts";
import type { Gesture } from "./gesture.ts";

/** How a gesture ended. `hint` is a sentence for the person, or null when there is nothing to say but the badge. */
export type QuickOutcome = { saved: boolean; hint: string | null };

export type QuickDeps = {
	captureTab: (tabId: number, request: CaptureRequest, gestureUrl?: string) => Promise<TabCapture>;
	/** `also`: further targets besides the capture's own. */
	save: (capture: NewCapture, also: readonly string[]) => Promise<unknown>;
	targets: readonly Pick<TargetView, "id" | "mapping">[];
};

const partly = t("background.hint.partly");
const nothing = t("background.hint.nothing");
const changed = t("background.hint.changed");

const wantsBody = ({ targets }: QuickDeps, { targetIds }: Gesture): boolean =>
	targets.some((target) => targetIds.includes(target.id) && target.mapping.some((entry) => entry.from === "body"));

const readTab = async (gesture: Gesture, deps: QuickDeps): Promise<TabCapture> => {
	if (gesture.tabId === null) return { failed: "not-readable" };
	const request = { subject: gesture.subject, withBody: wantsBody(deps, gesture) };
	return await deps.captureTab(gesture.tabId, request, gesture.url || undefined);
};

const draftAfter = (failed: CaptureFailure, gesture: Gesture) =>
	// What is in the tab now is another page than the one that was meant: nothing of either may be saved as the other.
	failed === "document-changed" ? null : fallbackDraft(gesture);

/**
 * Captures and saves without a question. What cannot be read is saved as far as the browser knows it; a gesture never
 * ends without a record or a hint that says why.
 */
export const quickCapture = async (gesture: Gesture, deps: QuickDeps): Promise<QuickOutcome> => {
	const captured = await readTab(gesture, deps);
	const read = "draft" in captured;
	const draft = read ? captured.draft : draftAfter(captured.failed, gesture);
	if (draft === null)
		return { saved: false, hint: !read && captured.failed === "document-changed" ? changed : nothing };
	try {
		const document = read ? captured.document : null;
		const [targetId = null, ...also] = gesture.targetIds;
		await deps.save({ ...draft, targetId, document }, also);
		return { saved: true, hint: read ? null : partly };
	} catch (error) {
		return { saved: false, hint: error instanceof Error ? error.message : t("background.hint.failed") };
	}
};
