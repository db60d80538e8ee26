"""What an editor shows while one types: functions over texts and places, which know no protocol."""
