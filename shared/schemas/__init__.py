"""marshmallow schemas made from the layout, and the wire form."""
