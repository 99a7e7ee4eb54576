import { useId } from "preact/hooks";
import { inboxWords as words } from "../../words/inbox.ts";

/** Whether what is captured for the target waits until somebody has looked at it. */
export function ReviewField({ review, onChange }: { review: boolean; onChange: (review: boolean) => void }) {
	const note = useId();
	return (
		<section class="form-part">
			<h2>{words.hold}</h2>
			<label class="choice">
				<input
					class="check"
					type="checkbox"
					role="switch"
					aria-describedby={note}
					checked={review}
					onChange={(event) => onChange(event.currentTarget.checked)}
				/>
				{words.holdSwitch}
			</label>
			<p id={note} class="muted">
				{words.holdNote}
			</p>
		</section>
	);
}
