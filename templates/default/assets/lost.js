// The 404 page: redirects from the former page of an older paper to its place on the page of its day.
import { placeOf } from "./places.js";
import { root } from "./store.js";

const path = location.pathname.slice(root.pathname.length);
const place = /^papers\/[^/]+$/.test(path) && (await placeOf(path));
if (place) location.replace(place);
