import { useMemo } from "preact/hooks";
import { Combobox, type ComboOption } from "../../parts/combobox.tsx";
import { accountWords as words } from "../../words/account.ts";
import { allZones, findZones, offsetWords, type ZoneChoice, zoneChoice, zoneWords } from "./time-zones.ts";

type ZoneInputProps = { id: string; zone: string; note?: string; onChoose: (zone: string) => void };

/** A time zone, found by typing a city. */
export function ZoneInput({ id, zone, note, onChoose }: ZoneInputProps) {
	const zones = useMemo(allZones, []);
	return (
		<Combobox
			id={id}
			label={words.timeZone}
			chosen={zoneOption(zoneChoice(zone))}
			find={(typed) => findZones(zones, typed).map(zoneOption)}
			onChoose={onChoose}
			{...(note === undefined ? {} : { describedBy: note })}
			words={{ none: words.timeZoneNone, found: words.timeZoneFound }}
		/>
	);
}

function zoneOption(zone: ZoneChoice): ComboOption {
	return { id: zone.id, text: zoneWords(zone), note: offsetWords(zone.id, new Date()) };
}
