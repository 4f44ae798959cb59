namespace FvSolver.Cases;
