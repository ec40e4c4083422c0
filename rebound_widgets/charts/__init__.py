"""Insights into pictures: specifications that the Chart widget draws."""
