"""Real applications, driven as people drive them: LibreOffice, other writers, Microsoft's own validator."""
