import { Icon } from "../../parts/icon.tsx";

/** A provider's own mark, as a mask in the colour of the text: an image runs nothing, whatever stands in it. */
export function ProviderIcon({ icon }: { icon: string | undefined }) {
	if (!icon) return <Icon name="plug" />;
	const image = `url("data:image/svg+xml,${encodeURIComponent(icon)}")`;
	return <span class="provider-icon" aria-hidden="true" style={{ "--provider-icon": image }} />;
}
