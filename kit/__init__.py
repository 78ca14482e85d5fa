"""Django helpers without domain words."""
