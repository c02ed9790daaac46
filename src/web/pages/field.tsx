interface FieldProps {
  readonly name: string;
  readonly label: string;
  /** `name` unless another field of the page has the same. */
  readonly id?: string;
  readonly type?: 'text' | 'email' | 'date' | 'password';
  readonly value?: string;
  /** The choices; with them the field is a list to choose from, and `value` the one that is chosen. */
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  readonly required?: boolean;
  /** As HTML names them: `email`, `name`. */
  readonly autocomplete?: string;
  readonly maxlength?: number;
  readonly min?: string;
  readonly max?: string;
  /** Said below the label. */
  readonly hint?: string;
  /** What is wrong with the value; the field takes the focus. */
  readonly error?: string;
}

/** A labelled field with what is said of it. */
export const Field = (props: FieldProps) => {
  const { name, id = name, label, hint, error } = props;
  return (
    <div class={error === undefined ? 'field' : 'field field-wrong'}>
      <label for={id}>{label}</label>
      {hint !== undefined && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <Control {...props} />
      {error !== undefined && (
        <p class="error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
};

const Control = ({ name, id = name, label: _label, hint, error, options, value, ...rest }: FieldProps) => {
  const describedBy = [hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`]
    .filter((part) => part !== false)
    .join(' ');
  const said = {
    id,
    name,
    'aria-describedby': describedBy === '' ? undefined : describedBy,
    'aria-invalid': error === undefined ? undefined : ('true' as const),
    autofocus: error !== undefined,
  };
  if (options === undefined) return <input type="text" {...rest} {...said} value={value ?? ''} />;
  return (
    <select {...said} required={rest.required}>
      {options.map((option) => (
        <option value={option.value} selected={option.value === value}>
          {option.label}
        </option>
      ))}
    </select>
  );
};
