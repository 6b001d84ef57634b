/** Fetched by who sends a photograph: the form with it at most 1600 pixels long, or as it came. */
export async function smaller(sent) {
  try {
    const picture = await createImageBitmap(sent.get("photo"));
    const scale = Math.min(1, 1600 / Math.max(picture.width, picture.height));
    const canvas = new OffscreenCanvas(picture.width * scale, picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    sent.set("photo", await canvas.convertToBlob({ type: "image/jpeg", quality: 0.85 }), "photo.jpg");
  } catch {} // an old browser, or no picture that it knows
  return sent;
}
