// Two sounds that nobody confuses: low and short for yes, long and double for no.

let context;
let isMuted = localStorage.getItem('swabline.muted') === 'yes';

export const muted = () => isMuted;

export function mute(on) {
  isMuted = on;
  localStorage.setItem('swabline.muted', on ? 'yes' : 'no');
}

function tone(hertz, from, seconds) {
  const source = context.createOscillator();
  const volume = context.createGain();
  source.frequency.value = hertz;
  source.type = 'square';
  volume.gain.setValueAtTime(0.12, context.currentTime + from);
  volume.gain.exponentialRampToValueAtTime(0.001, context.currentTime + from + seconds);
  source.connect(volume).connect(context.destination);
  source.start(context.currentTime + from);
  source.stop(context.currentTime + from + seconds);
}

export function play(isGood) {
  // What the page did last, for those who test it without ears.
  document.documentElement.dataset.sound = isGood ? 'good' : 'bad';
  if (isMuted) return;
  try {
    context ??= new AudioContext();
    if (isGood) {
      tone(440, 0, 0.09);
    } else {
      tone(880, 0, 0.25);
      tone(880, 0.32, 0.35);
    }
  } catch { /* A page without sound still shows its answer. */ }
}
