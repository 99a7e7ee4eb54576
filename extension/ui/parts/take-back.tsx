import type { LocalRecord, Outbox } from "../../outbox/types.ts";
import { askFlush } from "../local/ask-flush.ts";
import { takeableOf } from "../local/taking-back.ts";
import { undoWords } from "../words/shared.ts";
import { IconButton } from "./button.tsx";

type TakeBackProps = {
	/** The records of one capture. */
	capture: readonly LocalRecord[];
	title: string;
	outbox: Outbox;
	size?: "small";
};

/** Undo for a capture that was sent a while ago, by hand or by a quick gesture; nothing when it cannot be taken back any more. */
export function TakeBack({ capture, title, outbox, ...look }: TakeBackProps) {
	const back = takeableOf(capture);
	if (back.length === 0) return null;
	const takeBack = () => outbox.takeBack(back).then(askFlush, () => undefined);
	return <IconButton icon="undo" label={undoWords.takeBack(title)} onPress={() => void takeBack()} {...look} />;
}
