import { agoWhen, longWhen } from "../when.ts";

type MomentProps = {
	/** RFC 3339. */
	instant: string;
	/** The sentence around "2 min ago". */
	words: (when: string) => string;
};

/** When something happened: short in the line, whole on hover. */
export function Moment({ instant, words }: MomentProps) {
	const at = Date.parse(instant);
	return (
		<time dateTime={instant} title={longWhen(at)}>
			{words(agoWhen(at, Date.now()))}
		</time>
	);
}
