"""CloudFormation over moto's services: what a template says is made by API calls, or the stack fails."""
