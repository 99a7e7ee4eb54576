import type { EventType } from "../../../../backend/contract/events.ts";
import { webhookWords as words } from "../../words/webhooks.ts";

const eventTypes = Object.keys(words.events) as EventType[];

type EventChoiceProps = { chosen: readonly EventType[]; onChange: (chosen: readonly EventType[]) => void };

/** Which events are told. */
export function EventChoice({ chosen, onChange }: EventChoiceProps) {
	const toggle = (type: EventType) =>
		onChange(eventTypes.filter((one) => (one === type ? !chosen.includes(one) : chosen.includes(one))));
	return (
		<fieldset class="form-line">
			<legend>{words.hears}</legend>
			<div class="choices">
				{eventTypes.map((type) => (
					<label class="choice" key={type}>
						<input type="checkbox" checked={chosen.includes(type)} onChange={() => toggle(type)} />
						{words.events[type]}
					</label>
				))}
			</div>
		</fieldset>
	);
}
