import { placeOf } from "./places.js";
import { root } from "./store.js";

const path = location.pathname.slice(root.pathname.length);
const place = /^papers\/[^/]+$/.test(path) && (await placeOf(path));
if (place) location.replace(place);
