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
  if ("silence" in command) {
    command.silence_ms = command.silence * MINUTE;
    delete command.silence;
  }
  if (command.type === "propose") command.claims ??= {};
  return command;
}

/** Return what to write into the composer to send a command again, or null. */
export function fromCommand(command) {
  const { id: _, type, ...rest } = command;
  if (type === "act") {
    const { instrument: form, about = "", to, fields: values } = rest;
    return { form, about, to, values };
  }
  if (!document.getElementById(`form-${type}`)) return null;
  const spec = document.getElementById(`form-${type}`).dataset;
  const { about, to, parties, text, silence_ms: silence, ...values } = rest;
  if (silence) values.silence = silence / MINUTE;
  return {
    form: type, about: (spec.aboutName ? text : about) ?? "", to: to ?? parties ?? [], values,
  };
}

/** Return the key that a draft of this form has in the delegation. */
export function draftKey(form, about) {
  return `act:${form}:${about || "-"}`;
}
