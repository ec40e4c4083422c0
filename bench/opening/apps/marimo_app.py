"""The page with marimo."""

import marimo

app = marimo.App()


@app.cell
def _():
    import marimo as mo
    import page

    return mo, page


@app.cell
def _(mo, page):
    areas = [
        mo.ui.text_area(label=question, on_change=lambda text, number=number: page.keep(number, text))
        for number, question in enumerate(page.QUESTIONS)
    ]
    mo.vstack([mo.md(f"# {page.TITLE}"), *areas])
    return (areas,)


if __name__ == "__main__":
    app.run()
