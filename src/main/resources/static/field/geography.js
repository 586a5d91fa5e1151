import { tellChange } from "./store.js";

/** Of the WGS84 ellipsoid as a sphere: good enough to say how far it is. */
const EARTH_RADIUS_METRES = 6_371_008.8;

export function metresBetween(one, other) {
  const radians = (degrees) => (degrees * Math.PI) / 180;
  const half = (difference) => Math.sin(radians(difference) / 2) ** 2;
  const chord =
    half(other.latitude - one.latitude) +
    Math.cos(radians(one.latitude)) * Math.cos(radians(other.latitude)) * half(other.longitude - one.longitude);
  return 2 * EARTH_RADIUS_METRES * Math.asin(Math.min(1, Math.sqrt(chord)));
}

const STALE = 600_000;
let known;
let askedAt = 0;

/** Where the phone was lately, roughly, if its person has allowed to ask; what is found is told as a change. */
export async function approximatePosition() {
  const permission = await navigator.permissions?.query({ name: "geolocation" }).catch(() => null);
  if (permission?.state === "granted" && askedAt < Date.now() - STALE) {
    askedAt = Date.now();
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude } }) => {
        known = { latitude, longitude };
        tellChange();
      },
      () => (askedAt = 0),
      { maximumAge: STALE },
    );
  }
  return known;
}

/** Opens whatever finds the way on this phone. */
export function directionsTo({ latitude, longitude, name }) {
  const place = `${latitude},${longitude}`;
  return /iPhone|iPad|Macintosh/.test(navigator.userAgent)
    ? `https://maps.apple.com/?daddr=${place}`
    : `geo:${place}?q=${place}(${encodeURIComponent(name)})`;
}
