import { useId } from "preact/hooks";
import { onward } from "../../../i18n/locale.ts";
import { Button } from "../../parts/button.tsx";
import { Moment } from "../../parts/moment.tsx";
import { WebLink } from "../../parts/web-link.tsx";
import { FieldInput } from "../../record/field-input.tsx";
import type { FormValue } from "../../record/input-kinds.ts";
import { RecordFields } from "../../record/record-fields.tsx";
import { titleField } from "../../record/record-form.ts";
import { kindName } from "../../words/capture.ts";
import { inboxWords as words } from "../../words/inbox.ts";
import { useWorld } from "../context.ts";
import type { HeldRecord } from "./held-record.ts";

type InboxCardProps = {
	held: HeldRecord;
	busy: boolean;
	canApprove: boolean;
	onType: (name: string, value: FormValue) => void;
	onApprove: () => void;
	onDiscard: (title: string) => void;
};

const isMac = /Mac/.test(navigator.userAgent);

/** One record that waits, with its fields as they will be sent. */
export function InboxCard({ held, busy, canApprove, onType, onApprove, onDiscard }: InboxCardProps) {
	const id = useId();
	const title = held.form.rows.find(({ name }) => name === titleField);
	const name = title && "text" in title.form ? title.form.text || words.untitled : words.untitled;
	const onKeyDown = (event: KeyboardEvent) => {
		if (!canApprove || event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return;
		event.preventDefault();
		onApprove();
	};
	return (
		<li class="card inbox-card" aria-label={name} onKeyDown={onKeyDown}>
			<InboxNote held={held} />
			{title && (
				<div class="fields">
					<div class="field">
						<label class="field-label clip" for={`${id}-title`}>
							{title.label}
						</label>
						<FieldInput
							id={`${id}-title`}
							label={title.label}
							value={title.form}
							problem={held.problems[titleField]}
							onChange={(value) => onType(titleField, value)}
						/>
					</div>
				</div>
			)}
			<RecordFields form={held.form} problems={held.problems} onChange={onType} idPrefix={id} />
			{canApprove && (
				<div class="inbox-buttons">
					<Button
						look="main"
						keys={isMac ? "⌘⏎" : "Ctrl+Enter"}
						label={words.approveOf(name)}
						busy={busy ? words.approving : null}
						onPress={onApprove}
					>
						{words.approve}
					</Button>
					<Button label={words.discardOf(name)} disabled={busy} onPress={() => onDiscard(name)}>
						{words.discard}
					</Button>
				</div>
			)}
		</li>
	);
}

/** Where it came from, where it is to go, and since when it waits. */
function InboxNote({ held: { view } }: { held: HeldRecord }) {
	const { settings } = useWorld();
	const target = settings.targets.find(({ id }) => id === view.targetId);
	const host = URL.parse(view.source.url)?.hostname.replace(/^www\./, "");
	return (
		<p class="inbox-note muted">
			<span>{kindName(view.kind)}</span>
			{host && (
				<span class="clip">
					<WebLink href={view.source.url} title={view.source.url}>
						{host}
					</WebLink>
				</span>
			)}
			{target && <span class="clip">{`${onward} ${target.name} · ${target.providerTitle}`}</span>}
			<Moment instant={view.capturedAt} words={(when) => when} />
		</p>
	);
}
