"""Letters of our own, good and bad: what the tone check has to leave alone, and what it has to see."""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent

GOOD: dict[str, tuple[str, ...]] = {
    locale: tuple((HERE / f"good_{locale}.txt").read_text(encoding="utf-8").split("\n=====\n"))
    for locale in ("en", "es")
}
"""Letters that go out as they are: no mark at all."""

BAD: dict[str, tuple[tuple[str, str], ...]] = {
    "en": (
        ("arguing", "I think you are making a big mistake."),
        ("arguing", "I strongly disagree with your decision."),
        ("arguing", "Please reconsider your decision."),
        ("arguing", "You should have hired me."),
        ("arguing", "I was clearly the most qualified."),
        ("arguing", "Why was I not chosen?"),
        ("arguing", "Give me one good reason."),
        ("pleading", "I beg you to think of me."),
        ("pleading", "Please give me another chance."),
        ("pleading", "I would do anything to work with you."),
        ("pleading", "I really need this job."),
        ("pleading", "This job means everything to me."),
        ("pleading", "I will work for free."),
        ("blame", "The process was very unprofessional."),
        ("blame", "You wasted my time."),
        ("blame", "You didn't even read my application."),
        ("blame", "Thanks for nothing."),
        ("blame", "You ignored me for weeks."),
        ("blame", "How dare you."),
        ("self-blame", "I am so stupid."),
        ("self-blame", "I know I'm not good enough."),
        ("self-blame", "It was all my fault."),
        ("self-blame", "Sorry for wasting your time."),
        ("self-blame", "I messed up the interview."),
        ("self-blame", "I am so sorry that I was nervous."),
        ("feeling", "I am devastated by your answer."),
        ("feeling", "I am deeply disappointed."),
        ("feeling", "I was very hurt by this."),
        ("feeling", "I have been crying all day."),
        ("shouting", "I REALLY WANTED THIS."),
        ("shouting", "Please write back!!!"),
        ("shouting", "Thank you! It was great! I loved it! Please call!"),
    ),
    "es": (
        ("arguing", "Creo que cometieron un grave error."),
        ("arguing", "No estoy de acuerdo con su respuesta."),
        ("arguing", "Les pido que reconsideren su decisión."),
        ("arguing", "Deberían haberme contratado."),
        ("arguing", "¿Por qué no me eligieron?"),
        ("pleading", "Les ruego que piensen en mí."),
        ("pleading", "Denme otra oportunidad."),
        ("pleading", "Haría cualquier cosa por trabajar con ustedes."),
        ("pleading", "Necesito este trabajo."),
        ("blame", "El proceso fue muy injusto."),
        ("blame", "Me hicieron perder el tiempo."),
        ("blame", "Ni siquiera leyeron mi solicitud."),
        ("blame", "Gracias por nada."),
        ("self-blame", "Soy un desastre."),
        ("self-blame", "No estuve a la altura."),
        ("self-blame", "Perdón por hacerles perder el tiempo."),
        ("self-blame", "Fue todo culpa mía."),
        ("feeling", "Estoy muy decepcionada con ustedes."),
        ("feeling", "Me rompe el corazón."),
        ("shouting", "QUERÍA ESTE PUESTO."),
        ("shouting", "¡¡Por favor, escríbanme!!"),
    ),
}
"""A sentence that has to be seen, and as what."""

ANSWERS: dict[str, tuple[tuple[str, str], ...]] = {
    "en": (
        ("feedback", "Thank you for coming. The panel felt that your examples lacked detail on planning."),
        (
            "feedback",
            "We chose somebody else. You explained the case very clearly, and next time show the figures first.",
        ),
        ("feedback", "We were looking for someone with more experience in payroll."),
        ("feedback", "Your presentation was strong. We would suggest practising the questions at the end."),
        (
            "feedback",
            "Unfortunately not this time. When we asked about conflict you did not give an example.",
        ),
        (
            "stock",
            "Thank you for applying. After careful consideration we will not be moving forward. Best of luck.",
        ),
        ("stock", "The position has been filled. Please check our careers page for future roles."),
        (
            "stock",
            "We received a large number of applications and decided to proceed with other candidates. Kind regards.",
        ),
        ("unsure", "See you on Thursday at ten."),
        ("unsure", "The sky over the harbour was green. My uncle sends his love."),
    ),
    "es": (
        (
            "feedback",
            "Gracias por venir. Notamos que tus ejemplos eran cortos y echamos en falta más detalle.",
        ),
        ("feedback", "Buscábamos a alguien con más experiencia en nóminas."),
        ("feedback", "Te recomendamos practicar las preguntas del final."),
        (
            "stock",
            "Gracias por tu interés. Tras revisar tu candidatura, hemos decidido no continuar. Te deseamos suerte.",
        ),
        ("stock", "El puesto ya está cubierto. Te animamos a mirar futuras vacantes. Un cordial saludo."),
        (
            "stock",
            "Hemos decidido seguir con otros candidatos cuyo perfil se ajusta mejor. Gracias por tu tiempo.",
        ),
        ("unsure", "Nos vemos el jueves a las diez."),
    ),
}
"""Invented answers of firms, and how each has to be read."""
