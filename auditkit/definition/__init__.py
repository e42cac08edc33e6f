"""The audit definition: what is asked, how it is answered and how answers become ratings."""
