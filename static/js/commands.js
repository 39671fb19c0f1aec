/** What is written in the composer as a command, and a command as what was written. */

const MINUTE = 60000;

/** Return the command that a form's words make. `spec` is the template's dataset. */
export function toCommand(spec, { form, about, to, values }) {
  if (spec.command === "act") {
    return {
      type: "act", instrument: form, to, fields: values, ...(about ? { about } : {}),
    };
  }
  const command = { type: spec.command, ...values };
  if (spec.addressees !== "none") command[spec.toName ?? "to"] = to;
  if (spec.aboutName) command[spec.aboutName] = about;
  else if (about) command.about = about;
  if (command.type === "propose") return proposal(command);
  return command;
}

// A proposal's minutes as exercise milliseconds, its mark as the rule it stands for.
function proposal({ silence, vote, due, multistakeholder, ...rest }) {
  return {
    claims: {},
    ...rest,
    ...(silence ? { silence_ms: silence * MINUTE } : {}),
    ...(vote ? { vote_ms: vote * MINUTE } : {}),
    ...(due ? { due_in_ms: due * MINUTE } : {}),
    ...(multistakeholder ? { rule: "multistakeholder" } : {}),
  };
}

/** Return what to write into the composer to send a command again, or null. */
export function fromCommand(command) {
  const { id: _, type, ...rest } = command;
  if (type === "act") {
    const { instrument: form, about = "", to, fields: values } = rest;
    return { form, about, to, values };
  }
  const form = type === "amend" && "clause" in rest ? "bracket" : type;
  if (!document.getElementById(`form-${form}`)) return null;
  const spec = document.getElementById(`form-${form}`).dataset;
  const {
    about, to, parties, text, silence_ms: silence, vote_ms: vote, due_in_ms: due, rule, ...values
  } = rest;
  if (silence) values.silence = silence / MINUTE;
  if (vote) values.vote = vote / MINUTE;
  if (due) values.due = due / MINUTE;
  if (rule) values.multistakeholder = true;
  return {
    form, about: (spec.aboutName ? text : about) ?? "", to: to ?? parties ?? [], values,
  };
}

/** Return the key that a draft of this form has in the delegation. */
export function draftKey(form, about) {
  return `act:${form}:${about || "-"}`;
}
