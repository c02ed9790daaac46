// Finds a sign-up form's proof of work when it is sent: a number with which the SHA-256 of the form's stamp, the address and itself, a line
// feed between each, begins with as many zero bits as the form asks for. Without script, or without WebCrypto (plain http), the server
// asks for a little patience instead.

const AT_ONCE = 2_048;
const encoder = new TextEncoder();

for (const field of document.querySelectorAll('input[name="proof"]')) {
  const form = field.form;
  let provenFor;
  let isBusy = false;

  form.addEventListener('submit', async (event) => {
    const text = `${form.elements.stamp.value}\n${form.elements.address.value}\n`;
    if (crypto.subtle === undefined || provenFor === text) return;
    event.preventDefault();
    if (isBusy) return;
    isBusy = true;
    form.setAttribute('aria-busy', 'true');
    form.querySelector('output').textContent = field.dataset.wait;
    field.value = await findProof(text, Number(field.dataset.bits));
    provenFor = text;
    isBusy = false;
    form.removeAttribute('aria-busy');
    form.querySelector('output').textContent = '';
    // Not before this event is over, or it would be ignored.
    setTimeout(() => form.requestSubmit());
  });
}

async function findProof(text, bits) {
  for (let from = 0; ; from += AT_ONCE) {
    const digests = await Promise.all(
      Array.from({ length: AT_ONCE }, (_, index) =>
        crypto.subtle.digest('SHA-256', encoder.encode(text + (from + index))),
      ),
    );
    const found = digests.findIndex((digest) => leadingZeroBits(new Uint8Array(digest)) >= bits);
    if (found >= 0) return String(from + found);
    // So that the page can be painted, and scrolled.
    await new Promise((resolve) => setTimeout(resolve));
  }
}

function leadingZeroBits(bytes) {
  const first = bytes.findIndex((byte) => byte !== 0);
  return first < 0 ? bytes.length * 8 : first * 8 + Math.clz32(bytes[first]) - 24;
}
