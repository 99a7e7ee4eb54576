import { useEffect, useState } from "preact/hooks";
import type { LocalRecord } from "../../../../outbox/types.ts";
import { mappingWords as words } from "../../../words/mapping.ts";
import { useWorld } from "../../context.ts";
import { messageOf } from "../../use-remote.ts";
import { useReturns } from "../use-returns.ts";
import type { Answered } from "./findings.ts";
import { askAfterPause } from "./latest-answer.ts";
import type { MappingDraft } from "./mapping-draft.ts";
import { type MappingPlace, previewRequest } from "./preview-request.ts";

/** What would be written. The last answer stays while the next is asked for, and when it cannot be had. */
export type Preview = { answered: Answered | null; asking: boolean; failure: string | null };

/** Long enough for a word to be typed, short enough to be called live. */
const pauseMs = 350;

/** Follows the draft, the record and the person who comes back from the provider: asks when they rest, and only ever waits for the newest answer. */
export function usePreview(draft: MappingDraft, place: MappingPlace, record: LocalRecord | null): Preview {
	const { client, online } = useWorld();
	const returns = useReturns();
	const [answered, setAnswered] = useState<Answered | null>(null);
	const [failure, setFailure] = useState<string | null>(null);
	const [asking, setAsking] = useState(false);
	const request = previewRequest(draft, place, record);
	const question = request === null ? null : JSON.stringify(request);
	useEffect(() => {
		setAsking(online && request !== null);
		if (!online || request === null) return;
		return askAfterPause({
			delayMs: pauseMs,
			ask: (signal) => client.previewMapping(request, signal),
			told: (outcome) => {
				setAsking(false);
				setFailure(outcome.ok ? null : words.cannotShow(messageOf(outcome.error)));
				if (outcome.ok) setAnswered({ preview: outcome.answer, draft });
			},
		});
	}, [question, online, client, returns]);
	return { answered, asking, failure: online ? failure : words.offline };
}
