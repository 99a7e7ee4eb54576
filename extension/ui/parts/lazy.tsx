import type { ComponentChildren, ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";

/**
 * A part whose script is read from disk when it is first drawn: what few people need must not hold back the first paint of all. Once it is
 * there, it is drawn at once.
 * @param outline drawn until then, in the place and size of the part
 */
export function lazy<Props extends object>(
	load: () => Promise<ComponentType<Props>>,
	outline: (props: Props) => ComponentChildren = () => null,
): ComponentType<Props> {
	let loaded: ComponentType<Props> | null = null;
	return (props: Props) => {
		const [Part, setPart] = useState<ComponentType<Props> | null>(() => loaded);
		useEffect(() => {
			if (Part) return;
			let left = false;
			void load().then((part) => {
				loaded = part;
				if (!left) setPart(() => part);
			});
			return () => {
				left = true;
			};
		}, []);
		return Part ? <Part {...props} /> : <>{outline(props)}</>;
	};
}
