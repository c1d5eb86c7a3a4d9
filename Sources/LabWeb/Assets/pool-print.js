// The list to pipette by is printed by a button.
for (const button of document.querySelectorAll('.print')) {
  button.hidden = false;
  button.addEventListener('click', () => window.print());
}
