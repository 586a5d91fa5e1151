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

/** Where the phone is, roughly, if its person has allowed to ask; nothing else. */
export async function approximatePosition() {
  const permission = await navigator.permissions?.query({ name: "geolocation" }).catch(() => null);
  if (permission?.state !== "granted") {
    return known;
  }
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude } }) => resolve((known = { latitude, longitude })),
      () => resolve(known),
      { maximumAge: STALE, timeout: 2_000 },
    );
  });
}

/** Opens whatever finds the way on this phone. */
export function directionsTo({ latitude, longitude, name }) {
  const place = `${latitude},${longitude}`;
  return /iPhone|iPad|Macintosh/.test(navigator.userAgent)
    ? `https://maps.apple.com/?daddr=${place}`
    : `geo:${place}?q=${place}(${encodeURIComponent(name)})`;
}
