// Doubles: five bodies that attract each other, by the symplectic Euler method.
#include "suite.h"

enum { BODIES = 5, STEPS = 160000 };

struct body { double x, y, z, vx, vy, vz, mass; };

static struct body bodies[BODIES];

static void nbody_prepare(void) {
    uint64_t state = 11;
    for (int i = 0; i < BODIES; i++) {
        double *value = &bodies[i].x;
        for (int k = 0; k < 6; k++) value[k] = (next_random(&state) >> 11) * 0x1p-53 * (k < 3 ? 20 : 0.2) - (k < 3 ? 10 : 0.1);
        bodies[i].mass = i == 0 ? 40 : 0.01 * i;
    }
}

static void advance(double dt) {
    for (int i = 0; i < BODIES; i++)
        for (int j = i + 1; j < BODIES; j++) {
            struct body *a = &bodies[i], *b = &bodies[j];
            double dx = a->x - b->x, dy = a->y - b->y, dz = a->z - b->z;
            double square = dx * dx + dy * dy + dz * dz + 0.01;
            double pull = dt / (square * __builtin_sqrt(square));
            a->vx -= dx * b->mass * pull, a->vy -= dy * b->mass * pull, a->vz -= dz * b->mass * pull;
            b->vx += dx * a->mass * pull, b->vy += dy * a->mass * pull, b->vz += dz * a->mass * pull;
        }
    for (struct body *b = bodies; b < bodies + BODIES; b++) b->x += dt * b->vx, b->y += dt * b->vy, b->z += dt * b->vz;
}

static uint64_t nbody_run(void) {
    for (int step = 0; step < STEPS; step++) advance(0.001);
    return checksum(bodies, sizeof bodies);
}

const struct row floating_rows[] = { { "nbody", nbody_prepare, nbody_run }, { 0 } };
