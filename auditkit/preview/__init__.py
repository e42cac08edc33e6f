"""What an audit will look like before it is issued: sample workbooks, and the questions on paper."""
