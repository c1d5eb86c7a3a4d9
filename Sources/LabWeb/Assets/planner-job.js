// A job's page tells how far it is, and shows the result when there is one.

const open = document.getElementById('job-open');
const step = document.getElementById('job-step');
const share = document.getElementById('job-share');

async function look() {
  try {
    const answer = await fetch(open.dataset.state, { headers: { Accept: 'application/json' } });
    if (answer.ok && !answer.redirected) {
      const told = await answer.json();
      if (!told.isOpen) { window.location.reload(); return; }
      if (step.textContent !== told.step) step.textContent = told.step;
      share.value = told.percent;
    }
  } catch { /* The server is away for a moment: the job goes on when it is back. */ }
  setTimeout(look, 1000);
}

if (open) setTimeout(look, 500);
