"""The Excel ribbon: its buttons call `addin.commands`; the add-in file itself comes with the host adapters."""
