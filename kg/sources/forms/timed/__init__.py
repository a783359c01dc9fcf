"""Forms of what was said or sent at a time: subtitles, transcripts."""
